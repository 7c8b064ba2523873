namespace Temporalio.Workflows;

/// <summary>A timer of a workflow.</summary>
public class DelayOptions : ICloneable
{
    /// <summary>A timer whose <see cref="Delay"/> is still to be set.</summary>
    public DelayOptions()
    {
    }

    /// <summary>A timer of so many milliseconds.</summary>
    /// <param name="millisecondsDelay">See <see cref="Delay"/>.</param>
    /// <param name="summary">See <see cref="Summary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public DelayOptions(int millisecondsDelay, string? summary = null, CancellationToken? cancellationToken = null)
        : this(TimeSpan.FromMilliseconds(millisecondsDelay), summary, cancellationToken)
    {
    }

    /// <summary>A timer of that length.</summary>
    /// <param name="delay">See <see cref="Delay"/>.</param>
    /// <param name="summary">See <see cref="Summary"/>.</param>
    /// <param name="cancellationToken">See <see cref="CancellationToken"/>.</param>
    public DelayOptions(TimeSpan delay, string? summary = null, CancellationToken? cancellationToken = null)
    {
        Delay = delay;
        Summary = summary;
        CancellationToken = cancellationToken;
    }

    /// <summary>
    /// The timer's length. Zero is taken as one millisecond; <see cref="Timeout.InfiniteTimeSpan"/> ends only by cancellation and
    /// leaves no trace in the history.
    /// </summary>
    public TimeSpan Delay { get; set; }

    /// <summary>One line of Markdown for people, shown beside the timer. Default: none.</summary>
    public string? Summary { get; set; }

    /// <summary>Cancels the timer. Default: the workflow's own token.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
