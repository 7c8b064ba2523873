namespace Temporalio.Workflows;

public static partial class Workflow
{
    /// <summary>Waits so many milliseconds: a timer in the history.</summary>
    /// <param name="millisecondsDelay">How long; 0 is taken as 1, and -1 waits until it is cancelled.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>The wait.</returns>
    public static Task DelayAsync(int millisecondsDelay, CancellationToken? cancellationToken = null) =>
        DelayAsync(TimeSpan.FromMilliseconds(millisecondsDelay), cancellationToken);

    /// <summary>Waits: a timer in the history.</summary>
    /// <param name="delay">How long; zero is taken as 1 ms, and <see cref="Timeout.InfiniteTimeSpan"/> waits until it is cancelled.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>The wait.</returns>
    public static Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        DelayWithOptionsAsync(new(delay, cancellationToken: cancellationToken));

    /// <summary>Waits: a timer in the history.</summary>
    /// <param name="options">The timer.</param>
    /// <returns>The wait.</returns>
    public static Task DelayWithOptionsAsync(DelayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return WorkflowContext.Current.DelayAsync(options);
    }

    /// <summary>Waits until something is true.</summary>
    /// <param name="conditionCheck">What to wait for; see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>The wait.</returns>
    public static Task WaitConditionAsync(Func<bool> conditionCheck, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, cancellationToken: cancellationToken));

    /// <summary>Waits until something is true, so many milliseconds at most.</summary>
    /// <param name="conditionCheck">What to wait for; see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="timeoutMilliseconds">How long; -1 for without end.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether it became true in time.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, int timeoutMilliseconds, CancellationToken? cancellationToken = null) =>
        WaitConditionAsync(conditionCheck, TimeSpan.FromMilliseconds(timeoutMilliseconds), cancellationToken);

    /// <summary>Waits until something is true, for a time at most.</summary>
    /// <param name="conditionCheck">What to wait for; see <see cref="WaitConditionOptions.ConditionCheck"/>.</param>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for without end.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether it became true in time.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, timeout, cancellationToken: cancellationToken));

    /// <summary>Waits until something is true.</summary>
    /// <param name="options">The wait.</param>
    /// <returns>Whether it became true in time; always true without a timeout.</returns>
    public static Task<bool> WaitConditionWithOptionsAsync(WaitConditionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.ConditionCheck, nameof(options));
        return WorkflowContext.Current.WaitConditionAsync(options);
    }
}
