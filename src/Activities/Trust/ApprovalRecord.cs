using System.Text.Json;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Orchestrator.Activities.Trust;

/// <summary>An approval as its history tells it: every vote that was accepted, in order.</summary>
internal sealed class ApprovalRecord
{
    private readonly List<(object What, bool BySignal, DateTimeOffset At)> _votes = [];
    private readonly DateTimeOffset _began;

    private ApprovalRecord(DateTimeOffset began, string? step)
    {
        _began = began;
        Step = step;
    }

    /// <summary>The point of no return that it is for; null where it is for the plan.</summary>
    public string? Step { get; }

    /// <summary>Reads it; null where it is not an approval that the run itself asked for.</summary>
    public static async Task<ApprovalRecord?> ReadAsync(ActivityExecutionContext context, string workflowId, string runId, KnownRun run)
    {
        if (await RunReader.FirstEventAsync(context, workflowId, runId)
                is not { WorkflowExecutionStartedEventAttributes: { } started } first
            || !IsOf(started, run, context.Info.TaskQueue))
        {
            return null;
        }

        DataConverter converter = context.TemporalClient.Options.DataConverter;
        string? step = started.Input?.Payloads_ is [{ } payload, ..] ? (await converter.ToValueAsync<Asked>(payload)).Step : null;
        ApprovalRecord record = new(first.EventTime.ToDateTimeOffset(), step);
        await foreach (HistoryEvent each in RunReader.EventsAsync(context, workflowId, runId, context.CancellationToken))
        {
            await record.AddAsync(each, converter);
        }

        return record;
    }

    /// <summary>Counts the votes under a policy, as the ballot does.</summary>
    /// <param name="hash">The plan.</param>
    /// <param name="asks">Who must say yes.</param>
    /// <param name="policy">The policy of this worker.</param>
    /// <param name="run">The run, with who asked for it.</param>
    public ApprovalStatus Count(string hash, IReadOnlyList<ApprovalRequirement> asks, ChangePolicy policy, KnownRun run)
    {
        TimeSpan timeout = policy.Of(run.Tier!.Value).DecideWithin;
        string change = ChangeId.Of(run.Run.WorkflowId);
        ApproveChangeInput asked = new(
            change, null!, hash, run.RequestedBy!, "", asks, policy.Voters, timeout, policy.AllowUnverifiedActors, run.Tier.Value);
        Ballot ballot = new(asked, _began + timeout);
        foreach ((object what, bool bySignal, DateTimeOffset at) in _votes)
        {
            bool isTaken = !bySignal || policy.AllowUnverifiedActors;
            if (what is Vote vote && isTaken && VoteCount.RefuseOrigin(vote) is null && ballot.Refuse(vote, at) is null)
            {
                ballot.Cast(vote, at);
            }
            else if (what is RevokedVote revoked && ballot.Refuse(revoked, at) is null)
            {
                ballot.Revoke(revoked);
            }
        }

        return ballot.Status();
    }

    // A run that was reset keeps the approvals of the run whose history it took over.
    private static bool IsOf(WorkflowExecutionStartedEventAttributes started, KnownRun run, string taskQueue) =>
        started.WorkflowType.Name == ChangeNames.ApproveChange
        && started.TaskQueue.Name == taskQueue
        && started.ParentWorkflowExecution is { } parent
        && parent.WorkflowId == run.Run.WorkflowId
        && (parent.RunId == run.Run.RunId || parent.RunId == run.FirstRunId);

    private async Task AddAsync(HistoryEvent each, DataConverter converter)
    {
        (string? name, Payloads? input, bool bySignal) = each.EventType switch
        {
            EventType.WorkflowExecutionUpdateAccepted
                when each.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest?.Input is { } update =>
                (update.Name, update.Args, false),
            EventType.WorkflowExecutionSignaled =>
                (each.WorkflowExecutionSignaledEventAttributes.SignalName, each.WorkflowExecutionSignaledEventAttributes.Input, true),
            _ => default((string?, Payloads?, bool)),
        };
        if (input?.Payloads_ is not [{ } payload, ..])
        {
            return;
        }

        try
        {
            object? vote = name switch
            {
                ChangeNames.VoteUpdate => await converter.ToValueAsync<Vote>(payload),
                ChangeNames.RevokeUpdate when !bySignal => await converter.ToValueAsync<RevokedVote>(payload),
                _ => null,
            };
            if (vote is not null)
            {
                _votes.Add((vote, bySignal, each.EventTime.ToDateTimeOffset()));
            }
        }
        catch (JsonException)
        {
            // A signal that is no vote.
        }
    }

    // The rest of what was asked is known from elsewhere.
    private sealed record Asked(string? Step);
}
