namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>
/// What a run may grow to. A real server has these in its dynamic configuration, with the same defaults; a test of what a procedure does
/// at a limit lowers them.
/// </summary>
public sealed class TemporalLimits
{
    /// <summary>
    /// After how many events of its history a run is told that it had better continue as a new one
    /// (<c>limit.historyCount.suggestContinueAsNew</c>). Default: 4,096.
    /// </summary>
    public int SuggestContinueAsNewAt { get; set; } = 4096;

    /// <summary>The same for the bytes of its history (<c>limit.historySize.suggestContinueAsNew</c>). Default: 4 MiB.</summary>
    public long SuggestContinueAsNewAtBytes { get; set; } = 4L << 20;

    /// <summary>
    /// How many events a history may have; the run that would have more is terminated (<c>limit.historyCount.error</c>). Default: 51,200.
    /// </summary>
    public int HistoryEvents { get; set; } = 51_200;

    /// <summary>
    /// How many bytes of history a run may have written when more is to happen to it; it is terminated instead
    /// (<c>limit.historySize.error</c>). Default: 50 MiB.
    /// </summary>
    public long HistoryBytes { get; set; } = 50L << 20;

    /// <summary>
    /// How many signals a run takes; further ones are refused (<c>history.maximumSignalsPerExecution</c>). Default: 10,000.
    /// </summary>
    public int Signals { get; set; } = 10_000;
}
