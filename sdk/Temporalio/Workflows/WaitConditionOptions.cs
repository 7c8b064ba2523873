namespace Temporalio.Workflows;

/// <summary>A wait of a workflow until something is true.</summary>
public class WaitConditionOptions : ICloneable
{
    /// <summary>A wait whose <see cref="ConditionCheck"/> is still to be set.</summary>
    public WaitConditionOptions()
    {
    }

    /// <summary>A wait for that condition.</summary>
    /// <param name="conditionCheck">See <see cref="ConditionCheck"/>.</param>
    /// <param name="timeout">See <see cref="Timeout"/>.</param>
    /// <param name="timeoutSummary">See <see cref="TimeoutSummary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public WaitConditionOptions(
        Func<bool> conditionCheck,
        TimeSpan? timeout = null,
        string? timeoutSummary = null,
        CancellationToken? cancellationToken = null)
    {
        ConditionCheck = conditionCheck;
        Timeout = timeout;
        TimeoutSummary = timeoutSummary;
        CancellationToken = cancellationToken;
    }

    /// <summary>
    /// What to wait for. It is called many times, whenever the workflow has done all else that it could, and must change nothing.
    /// Required.
    /// </summary>
    public Func<bool>? ConditionCheck { get; set; }

    /// <summary>How long to wait; a timer in the history. Default: without end.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>One line of Markdown for people, shown beside the timer. Default: none.</summary>
    public string? TimeoutSummary { get; set; }

    /// <summary>Cancels the wait. Default: the workflow's own token.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
