namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// The clock of a roll's limits: it stands still while nobody could read the cluster, be it that the API server or the worker was away.
/// Pure.
/// </summary>
internal static class RollClock
{
    // Between two readings lie the pause, and the reading itself, which takes as long as brokers that do not answer are asked.
    private const int OrdinaryPauses = 3;
    private static readonly TimeSpan LongestReading = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Takes note of a reading. What lies between it and the one before counts for no limit where it is longer than ordinary.
    /// </summary>
    public static RollProgress Read(WatchRollInput input, RollProgress progress, DateTimeOffset at)
    {
        TimeSpan gap = at - (progress.ReadAt ?? at);
        TimeSpan away = gap <= (input.Limits.PollEvery * OrdinaryPauses) + LongestReading ? TimeSpan.Zero : gap - input.Limits.PollEvery;
        return progress with
        {
            ReadAt = at,
            UnreadSince = null,
            IsUnreadTold = false,
            TriggeredAt = progress.TriggeredAt + away,
            MilestoneAt = progress.MilestoneAt + away,
            MovedAt = progress.MovedAt + away,
            DangerSince = progress.DangerSince + away,
        };
    }
}
