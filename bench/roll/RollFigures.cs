namespace Orchestrator.Bench.Roll;

/// <summary>What one roll took.</summary>
/// <param name="SecondsPerPod">From the trigger until the last pod is in sync, for each pod.</param>
/// <param name="SecondsInAll">From the approval to the end, with the readings that prove it steady.</param>
/// <param name="HistoryEvents">Events in the histories of the procedure and of the supervised roll.</param>
internal sealed record RollFigures(double SecondsPerPod, double SecondsInAll, int HistoryEvents);
