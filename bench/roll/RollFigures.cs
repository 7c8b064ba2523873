namespace Orchestrator.Bench.Roll;

/// <summary>What one roll took.</summary>
/// <param name="SecondsPerPod">From the trigger until the last pod is in sync, for each pod.</param>
/// <param name="SecondsInAll">From the approval to the end, with the readings that prove it steady.</param>
/// <param name="HistoryEvents">Events in the history of the procedure: the same for any number of brokers.</param>
/// <param name="WatchEvents">Events in the history of the supervised roll: what the brokers cost.</param>
internal sealed record RollFigures(double SecondsPerPod, double SecondsInAll, int HistoryEvents, int WatchEvents);
