namespace Orchestrator.Sandbox.Kafka.Features;

/// <summary>
/// The finalised levels of the cluster's features: whether a level may be set, and which processes may join a cluster that has it.
/// </summary>
internal sealed class FeatureLevels
{
    public const string Metadata = "metadata.version";
    public const string EligibleLeaders = "eligible.leader.replicas.version";
    private const string Kraft = "kraft.version";

    // DescribeTopicPartitions came with Kafka 3.8.
    private const int FirstThatTellsEligible = 20;

    // Below it lie levels that this one's records cannot be turned back to.
    private const int FirstThatStays = 22;

    private readonly ClusterState _state;
    private readonly SortedDictionary<string, int> _levels = new(StringComparer.Ordinal);

    public FeatureLevels(ClusterState state, string version)
    {
        _state = state;
        KafkaRelease release = KafkaRelease.Of(version);
        _levels[Metadata] = release.Metadata.Max;
        foreach ((string feature, int highest) in release.Others)
        {
            _levels[feature] = release.Default.GetValueOrDefault(feature, highest);
        }
    }

    /// <summary>Whether the cluster keeps account of the replicas that may lead without a loss.</summary>
    public bool HasEligibleLeaders => _levels.GetValueOrDefault(EligibleLeaders) > 0;

    /// <summary>Whether every broker's release can be asked for them.</summary>
    public bool TellsEligibleLeaders =>
        _state.Brokers.All.All(broker => KafkaRelease.Of(broker.Version).Metadata.Max >= FirstThatTellsEligible);

    /// <summary>The finalised levels, by feature.</summary>
    public IReadOnlyDictionary<string, int> Finalised => new SortedDictionary<string, int>(_levels, StringComparer.Ordinal);

    /// <summary>The level of a feature as tools print it.</summary>
    public string NameOf(string feature)
    {
        int level = _levels.GetValueOrDefault(feature);
        return feature == Metadata ? KafkaRelease.NameOf(level) : $"{level}";
    }

    /// <summary>Sets a level as a cluster begins with it.</summary>
    public void Begin(string feature, string level) => _levels[feature] = Level(feature, level);

    /// <summary>Why a process of a version cannot join, in one sentence; null where it can.</summary>
    public string? Refusal(string version)
    {
        KafkaRelease release = KafkaRelease.Of(version);
        return _levels.Where(level => !IsSupported(release, level.Key, level.Value)).Select(level =>
            $"UNSUPPORTED_VERSION: Kafka {version} does not support level {level.Value} of {level.Key}.").FirstOrDefault();
    }

    /// <summary>Sets a level at run time.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="level">The level, its name, or the release whose level it is.</param>
    /// <exception cref="KafkaRefusalException">The level cannot be set; the text says why.</exception>
    public void Set(string feature, string level)
    {
        _state.Quorum.Require();
        int wanted = Level(feature, level);
        int now = _levels.GetValueOrDefault(feature);
        if (wanted == now)
        {
            return;
        }

        IEnumerable<(string Kind, int Id, string Version)> nodes =
        [
            .. _state.Quorum.Controllers.Values.Select(node => ("controller", node.Id, node.Version)),
            .. _state.Brokers.All.Where(broker => broker.IsUnfenced).Select(node => ("broker", node.Id, node.Version)),
        ];
        foreach ((string kind, int id, string version) in nodes)
        {
            if (!IsSupported(KafkaRelease.Of(version), feature, wanted))
            {
                throw new KafkaRefusalException(
                    "InvalidUpdateVersion", $"Invalid update version {wanted} for feature {feature}. {kind} {id} does not support it.");
            }
        }

        if (wanted < now && (feature == Kraft || (feature == Metadata && wanted < FirstThatStays && now >= FirstThatStays)))
        {
            throw new KafkaRefusalException(
                "InvalidUpdateVersion", $"Invalid update version {wanted} for feature {feature}. It cannot be lowered from {now} to that.");
        }

        _levels[feature] = wanted;
        _state.Quorum.Append(1);
    }

    private static int Level(string feature, string level) =>
        feature == Metadata ? KafkaRelease.LevelOf(level)
        : int.TryParse(level, out int number) ? number
        : throw new KafkaRefusalException("InvalidRequest", $"'{level}' is not a level of {feature}.");

    private static bool IsSupported(KafkaRelease release, string feature, int level) =>
        feature == Metadata ? level >= release.Metadata.Min && level <= release.Metadata.Max
        : level >= 0 && level <= release.Others.GetValueOrDefault(feature);
}
