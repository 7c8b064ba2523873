using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Activities.Trust;

/// <summary>
/// Stands before every activity of the worker: one that writes runs only for a run of one of our procedures, and only for an act that its
/// approved plan has. Who can call Temporal's API gets no further than this.
/// </summary>
/// <remarks>
/// What is not marked as reading is refused unless its input says what it does: a new activity that forgets the gate has no way in. That
/// the run holds its locks, on the cluster that it means, is checked by <see cref="Locks.FencedWrite"/>, right before the write.
/// </remarks>
internal sealed class ActGate(RunReader runs, VoteReader votes, RefusedActs refused, ActLog log) : IWorkerInterceptor
{
    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Gate(this, nextInterceptor);

    private async Task<object?> ExecuteAsync(string? activity, object? input, Func<Task<object?>> act)
    {
        if (ActivityKinds.Reads(activity))
        {
            return await act();
        }

        ActivityExecutionContext context = ActivityExecutionContext.Current;
        if (await RefuseAsync(context, activity, input) is { } why)
        {
            string sentence = $"Activity {activity} was refused for {RefusedActs.Caller(context.Info)}. {why}";
            await refused.KeepAsync(context.Info, sentence, (input as IWarrantedAct)?.Target, context.CancellationToken);
            throw new ApplicationFailureException(sentence, errorType: ReasonCodes.ActNotAllowed, nonRetryable: true);
        }

        return await log.RunAsync(context.Info, input, act);
    }

    private async Task<string?> RefuseAsync(ActivityExecutionContext context, string? activity, object? input)
    {
        if (!context.Info.IsWorkflowActivity)
        {
            return "It was not called by a workflow; only runs of procedures may change anything.";
        }

        if (input is not IWarrantedAct and not IFrameAct)
        {
            return "It is not marked as read-only, and its input does not say what it changes.";
        }

        KnownRun? known = await runs.FindAsync(context);
        if (known is null)
        {
            return "Temporal has no such run.";
        }

        // Where an activity is polled, its worker polls for workflows too: what began elsewhere is none of ours.
        if (known.TaskQueue != context.Info.TaskQueue)
        {
            return $"Its run began on the task queue {known.TaskQueue}, not on {context.Info.TaskQueue}: its code is not ours.";
        }

        return input switch
        {
            IFrameAct frame => frame.Refuse(known.Run),
            IWarrantedAct act => WarrantRules.Refuse(act, known.Run) ?? await votes.RefuseAsync(context, activity!, act.Warrant!, known),
            _ => null,
        };
    }

    private sealed class Gate(ActGate gate, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        /// <inheritdoc/>
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => gate.ExecuteAsync(
            input.Activity.Name, input.Args is [{ } first, ..] ? first : null, () => base.ExecuteActivityAsync(input));
    }
}
