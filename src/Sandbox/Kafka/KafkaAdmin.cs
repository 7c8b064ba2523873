using Orchestrator.Sandbox.Kafka.Partitions;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>What an administrator does to a cluster in the box, beside what its clients can do over HTTP.</summary>
public sealed class KafkaAdmin
{
    private readonly ClusterState _state;

    internal KafkaAdmin(ClusterState state) => _state = state;

    /// <summary>The finalised levels of the cluster's features.</summary>
    public IReadOnlyDictionary<string, int> Features => _state.Change(() => _state.Features.Finalised);

    /// <summary>The finalised level of a feature, as <c>kafka-features</c> prints it: a name for <c>metadata.version</c>.</summary>
    public string FeatureName(string feature) => _state.Change(() => _state.Features.NameOf(feature));

    /// <summary>How many records that were acknowledged no replica has any more.</summary>
    public long LostRecords => _state.Change(() => (long)_state.Partitions.Sum(partition => partition.Lost));

    /// <summary>Whether every replica of every partition is in sync.</summary>
    public bool IsWhole => _state.Change(() => !_state.Partitions.Any(partition => partition.IsUnderReplicated));

    /// <summary>The active controller; null where there is none.</summary>
    public int? ActiveController => _state.Change(() => _state.Quorum.Leader);

    /// <summary>The partitions of a topic.</summary>
    /// <exception cref="KafkaRefusalException">There is no such topic.</exception>
    public IReadOnlyList<PartitionState> Partitions(string topic) => _state.Change(() => Find(topic).Partitions.Select(Read).ToList());

    /// <summary>Creates a topic with the brokers of each partition.</summary>
    /// <exception cref="KafkaRefusalException">It exists, or the quorum has no leader.</exception>
    public void CreateTopic(
        string name, IReadOnlyList<IReadOnlyList<int>> assignment, IReadOnlyDictionary<string, string>? settings = null) =>
        _state.Change(() => Create(name, assignment, settings));

    /// <summary>Creates a topic that is spread evenly.</summary>
    /// <exception cref="KafkaRefusalException">It exists, there are too few brokers, or the quorum has no leader.</exception>
    public void CreateTopic(string name, int partitions, int replicas, IReadOnlyDictionary<string, string>? settings = null) =>
        _state.Change(() => Create(name, ClusterBuilder.Spread(_state, partitions, replicas), settings));

    /// <summary>Deletes a topic.</summary>
    /// <exception cref="KafkaRefusalException">There is no such topic, or the quorum has no leader.</exception>
    public void DeleteTopic(string name) => _state.Change(() =>
    {
        _state.Quorum.Require();
        Topic topic = Find(name);
        foreach (Partition partition in topic.Partitions)
        {
            foreach (Replica replica in partition.Logs.Values)
            {
                replica.CatchUp?.Cancel();
                replica.Lag?.Cancel();
                _state.Brokers[replica.Broker].Hosted.Remove(partition);
            }
        }

        _state.Topics.Remove(name);
        _state.Quorum.Append(1);
    });

    /// <summary>Gives a topic more partitions, spread evenly.</summary>
    /// <exception cref="KafkaRefusalException">There is no such topic, it has as many, or the quorum has no leader.</exception>
    public void AddPartitions(string name, int total) => _state.Change(() =>
    {
        _state.Quorum.Require();
        Topic topic = Find(name);
        int more = total - topic.Partitions.Count;
        if (more <= 0)
        {
            throw new KafkaRefusalException("InvalidPartitions", $"Topic {name} has {topic.Partitions.Count} partitions already.");
        }

        int replicas = topic.Partitions[0].Replicas.Count;
        foreach (IReadOnlyList<int> assignment in ClusterBuilder.Spread(_state, more, replicas, topic.Partitions.Count))
        {
            ClusterBuilder.AddPartition(_state, topic, assignment);
        }

        _state.Quorum.Append(more);
    });

    /// <summary>Sets a topic's own setting, or takes it away.</summary>
    /// <exception cref="KafkaRefusalException">There is no such topic, or the quorum has no leader.</exception>
    public void SetTopicSetting(string topic, string name, string? value) => Set(() => Find(topic).Settings, name, value);

    /// <summary>Sets something for all brokers, or takes it away.</summary>
    /// <exception cref="KafkaRefusalException">The quorum has no leader.</exception>
    public void SetClusterSetting(string name, string? value) => Set(() => _state.ClusterSettings, name, value);

    /// <summary>Moves a partition to other brokers, the first of them its preferred leader.</summary>
    /// <exception cref="KafkaRefusalException">There is no such partition or broker, or the quorum has no leader.</exception>
    public void Reassign(string topic, int partition, IReadOnlyList<int> brokers) =>
        _state.Change(() => Reassignments.Begin(_state, Find(topic, partition), brokers));

    /// <summary>Calls the move of a partition off.</summary>
    /// <exception cref="KafkaRefusalException">It is not being moved, or the quorum has no leader.</exception>
    public void CancelReassignment(string topic, int partition) =>
        _state.Change(() => Reassignments.Cancel(_state, Find(topic, partition)));

    /// <summary>Sets the level of a feature, as <c>kafka-features</c> does.</summary>
    /// <param name="feature">The feature, such as <c>metadata.version</c>.</param>
    /// <param name="level">The level, its name such as <c>4.1-IV1</c>, or the release that has it.</param>
    /// <exception cref="KafkaRefusalException">
    /// A node does not support it, it cannot be lowered so far, or the quorum has no leader.
    /// </exception>
    public void SetFeature(string feature, string level) => _state.Change(() => _state.Features.Set(feature, level));

    /// <summary>Makes the first replica of every partition its leader, where it is in sync; how many changed their leader.</summary>
    /// <exception cref="KafkaRefusalException">The quorum has no leader.</exception>
    public int ElectPreferredLeaders() => _state.Change(_state.Leadership.ElectPreferred);

    private void Create(
        string name, IReadOnlyList<IReadOnlyList<int>> assignment, IReadOnlyDictionary<string, string>? settings)
    {
        _state.Quorum.Require();
        if (_state.Topics.ContainsKey(name))
        {
            throw new KafkaRefusalException("TopicAlreadyExists", $"Topic '{name}' already exists.");
        }

        Topic topic = ClusterBuilder.AddTopic(_state, name, assignment);
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
        {
            topic.Settings[key] = value;
        }

        _state.Quorum.Append(1 + assignment.Count);
    }

    private void Set(Func<Dictionary<string, string>> settings, string name, string? value) => _state.Change(() =>
    {
        _state.Quorum.Require();
        foreach (Partition partition in _state.Partitions)
        {
            _state.Replication.Count(partition);
        }

        if (value is null)
        {
            settings().Remove(name);
        }
        else
        {
            settings()[name] = value;
        }

        _state.Quorum.Append(1);
        if (name == Topic.MinInSync)
        {
            // Who was eligible may not have to be any more.
            foreach (Partition partition in _state.Partitions)
            {
                _state.Leadership.Settle(partition);
            }
        }

        // A rate that is different is one from now on.
        foreach (int id in _state.Brokers.All.Select(broker => broker.Id).ToList())
        {
            _state.Replication.Fetch(_state.Brokers[id]);
        }
    });

    private PartitionState Read(Partition partition)
    {
        _state.Replication.Count(partition);
        return new(
            partition.Topic.Name,
            partition.Number,
            partition.Leader,
            [.. partition.Replicas],
            [.. partition.InSync],
            [.. partition.Eligible],
            partition.Target is not null,
            (long)partition.Logs.Values.Sum(replica => Replication.Behind(partition, replica)),
            (long)partition.End,
            (long)partition.Lost);
    }

    private Topic Find(string name) => _state.Topics.GetValueOrDefault(name)
        ?? throw new KafkaRefusalException("UnknownTopicOrPart", $"This server does not host topic '{name}'.");

    private Partition Find(string topic, int partition) => Find(topic).Partitions.ElementAtOrDefault(partition)
        ?? throw new KafkaRefusalException("UnknownTopicOrPart", $"Topic '{topic}' has no partition {partition}.");
}
