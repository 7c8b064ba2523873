namespace Orchestrator.Sandbox.Kafka.Features;

/// <summary>A release of Kafka and the levels of features that it supports, as its <c>kafka-features describe</c> tells them.</summary>
/// <param name="Name">Its name, such as <c>4.2</c>.</param>
/// <param name="Metadata">The lowest and the highest level of <c>metadata.version</c>.</param>
/// <param name="Others">The highest levels of the other features, of which 0 is the lowest.</param>
/// <param name="Default">The levels that a cluster of this release begins with, where they are not the highest.</param>
internal sealed record KafkaRelease(
    string Name,
    (int Min, int Max) Metadata,
    IReadOnlyDictionary<string, int> Others,
    IReadOnlyDictionary<string, int> Default)
{
    private static readonly string[] Names =
    [
        "3.0-IV1", "3.1-IV0", "3.2-IV0", "3.3-IV0", "3.3-IV1", "3.3-IV2", "3.3-IV3", "3.4-IV0", "3.5-IV0", "3.5-IV1", "3.5-IV2",
        "3.6-IV0", "3.6-IV1", "3.6-IV2", "3.7-IV0", "3.7-IV1", "3.7-IV2", "3.7-IV3", "3.7-IV4", "3.8-IV0", "3.9-IV0", "4.0-IV0",
        "4.0-IV1", "4.0-IV2", "4.0-IV3", "4.1-IV0", "4.1-IV1", "4.2-IV0", "4.2-IV1",
    ];

    private static readonly Dictionary<string, KafkaRelease> All = new(StringComparer.Ordinal)
    {
        ["3.7"] = new("3.7", (1, 19), Levels(), Levels()),
        ["3.8"] = new("3.8", (1, 20), Levels(), Levels()),
        ["3.9"] = new("3.9", (1, 21), Levels(("kraft.version", 1)), Levels(("kraft.version", 0))),
        ["4.0"] = new(
            "4.0",
            (7, 25),
            Levels(("eligible.leader.replicas.version", 1), ("group.version", 1), ("kraft.version", 1), ("transaction.version", 2)),
            Levels(("eligible.leader.replicas.version", 0), ("kraft.version", 0))),
        ["4.1"] = new(
            "4.1",
            (7, 27),
            Levels(
                ("eligible.leader.replicas.version", 1), ("group.version", 1), ("kraft.version", 1), ("share.version", 1),
                ("streams.version", 1), ("transaction.version", 2)),
            Levels(("kraft.version", 0), ("share.version", 0), ("streams.version", 0))),
        ["4.2"] = new(
            "4.2",
            (7, 29),
            Levels(
                ("eligible.leader.replicas.version", 1), ("group.version", 1), ("kraft.version", 1), ("share.version", 1),
                ("streams.version", 1), ("transaction.version", 2)),
            Levels(("kraft.version", 0))),
    };

    /// <summary>The release of a version such as <c>4.2.0</c>.</summary>
    /// <exception cref="KafkaRefusalException">It is not known.</exception>
    public static KafkaRelease Of(string version) => All.GetValueOrDefault(string.Join('.', version.Split('.').Take(2)))
        ?? throw new KafkaRefusalException("UnsupportedVersion", $"Kafka {version} is none of {string.Join(", ", All.Keys)}.");

    /// <summary>The name of a level of <c>metadata.version</c>.</summary>
    public static string NameOf(int level) => level == 0 ? "0" : Names[level - 1];

    /// <summary>The level of a name such as <c>4.2-IV1</c>, of a release such as <c>4.2</c> or <c>4.2.0</c>, or of its number.</summary>
    /// <exception cref="KafkaRefusalException">There is none.</exception>
    public static int LevelOf(string name) =>
        int.TryParse(name, out int number) ? number
        : Array.IndexOf(Names, name) is >= 0 and int at ? at + 1
        : Of(name).Metadata.Max;

    private static Dictionary<string, int> Levels(params (string Feature, int Level)[] levels) =>
        levels.ToDictionary(row => row.Feature, row => row.Level, StringComparer.Ordinal);
}
