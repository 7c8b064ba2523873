namespace Orchestrator.Worker.InProcess;

/// <summary>A topic of a live cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MinInSync">Its effective <c>min.insync.replicas</c>.</param>
/// <param name="Assignment">The brokers of each partition, the preferred leader first.</param>
/// <param name="OutOfSync">The replicas that are not in sync, as partition and broker.</param>
public sealed record LiveTopic(
    string Name,
    int MinInSync,
    IReadOnlyList<IReadOnlyList<int>> Assignment,
    IReadOnlyList<(int Partition, int Broker)> OutOfSync);
