using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>The calls that a procedure makes through the frame.</content>
public sealed partial class ChangeRun
{
    /// <summary>
    /// Makes a call that reads. Before the first step it has a limit; under way it is retried without end, and people are told after a
    /// while that nothing answers.
    /// </summary>
    /// <param name="call">Makes the call, with the options that it is given.</param>
    /// <param name="lasting">The time between the first reading and the last, where one call makes several.</param>
    public Task<T> ReadAsync<T>(Func<ActivityOptions, Task<T>> call, TimeSpan lasting = default) =>
        _calls.CallAsync(call, Options(ActivityCalls.Reading(lasting)), lasting * 2);

    /// <summary>
    /// Makes a call that changes something; as <see cref="ReadAsync"/>. What the run did and decided so far goes with it, and is kept
    /// before anything is changed. An abort ends it, and then nobody knows whether it has changed anything.
    /// </summary>
    /// <param name="call">Makes the call; given what its input carries, and its options.</param>
    /// <param name="options">Its class. Default: <see cref="ActivityCalls.Write"/>.</param>
    public Task<T> ActAsync<T>(Func<IReadOnlyList<AuditEvent>, ActivityOptions, Task<T>> call, ActivityOptions? options = null) =>
        _calls.CallAsync(limited => _audit.StoringAsync(events => call(events, limited)), Options(options ?? ActivityCalls.Write));

    /// <summary>Makes a call that changes something with one try: the caller reads the state again before the next.</summary>
    /// <param name="call">Makes the call; given what its input carries, and its options.</param>
    public Task<T> ActOnceAsync<T>(Func<IReadOnlyList<AuditEvent>, ActivityOptions, Task<T>> call) =>
        _audit.StoringAsync(events => call(events, Options(ActivityCalls.OneWrite)));

    /// <summary>
    /// Makes a call that makes the world safe, for a minute, whatever was asked of the run meanwhile: whoever cannot make it safe must be
    /// able to say so soon.
    /// </summary>
    /// <param name="call">Makes the call; given what its input carries, and its options.</param>
    public Task<T> MakeSafeAsync<T>(Func<IReadOnlyList<AuditEvent>, ActivityOptions, Task<T>> call) =>
        _audit.StoringAsync(events => call(events, ActivityCalls.SafetyWithinAMinute.For(Phase)));

    /// <summary>Shows that what the run waits for cannot be seen any more, and tells people; <see cref="SeesAgain"/> ends it.</summary>
    /// <param name="cause">What does not answer, since when, and why.</param>
    public void LosesSight(string cause) => _calls.Begin(cause);

    /// <summary>Goes back to where the run stood before <see cref="LosesSight"/>.</summary>
    public void SeesAgain() => _calls.End();

    // The undo makes its calls although the run was aborted or cancelled.
    private ActivityOptions Options(ActivityOptions options) =>
        options.Within(_progress.IsUndoing ? CancellationToken.None : Token).For(Phase);

    private async Task<bool> CanReadAsync()
    {
        try
        {
            ResolvedTarget now = await Workflow.ExecuteActivityAsync(
                (ITargetActivities a) => a.ResolveTargetAsync(new(_target, null)),
                ActivityCalls.Glance.Within(Token).For("can it be read"));
            return !now.Refusals.Any(refusal => refusal.Blocks);
        }
        catch (ActivityFailureException e) when (!IsCancel(e))
        {
            return false;
        }
    }
}
