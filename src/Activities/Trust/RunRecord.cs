using System.Text.Json;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Orchestrator.Activities.Trust;

/// <summary>What a run's own history says of its approvals and of the acts that it began.</summary>
internal sealed class RunRecord
{
    private readonly HashSet<(string Activity, string Leaf)> _scheduled = [];
    private readonly HashSet<string> _undoPushed = [];
    private readonly List<(string WorkflowId, string RunId)> _approvals = [];

    private RunRecord()
    {
    }

    /// <summary>The approvals that the run asked for, the newest first.</summary>
    public IReadOnlyList<(string WorkflowId, string RunId)> Approvals => [.. _approvals.AsEnumerable().Reverse()];

    /// <summary>Reads it.</summary>
    public static async Task<RunRecord> ReadAsync(ActivityExecutionContext context, KnownRun run)
    {
        RunRecord record = new();
        await foreach (HistoryEvent each in RunReader.EventsAsync(context, run.Run.WorkflowId, run.Run.RunId, context.CancellationToken))
        {
            if (each.EventType == EventType.ChildWorkflowExecutionStarted)
            {
                record.AddChild(each.ChildWorkflowExecutionStartedEventAttributes, run.Run.WorkflowId);
            }
            else if (each.EventType == EventType.ActivityTaskScheduled)
            {
                await record.AddActAsync(each.ActivityTaskScheduledEventAttributes, context.TemporalClient.Options.DataConverter);
            }
        }

        return record;
    }

    /// <summary>Whether the run began an act, or wrote down before it how it is put back.</summary>
    public bool HasBegun(string activity, string leaf, string step) => _scheduled.Contains((activity, leaf)) || _undoPushed.Contains(step);

    private void AddChild(ChildWorkflowExecutionStartedEventAttributes child, string workflowId)
    {
        string id = child.WorkflowExecution.WorkflowId;
        if (child.WorkflowType.Name == ChangeNames.ApproveChange && id.StartsWith($"{workflowId}/approval/", StringComparison.Ordinal))
        {
            _approvals.Add((id, child.WorkflowExecution.RunId));
        }
    }

    private async Task AddActAsync(ActivityTaskScheduledEventAttributes scheduled, DataConverter converter)
    {
        if (ActivityKinds.Reads(scheduled.ActivityType.Name) || scheduled.Input?.Payloads_ is not [{ } payload, ..])
        {
            return;
        }

        try
        {
            ActInput input = await converter.ToValueAsync<ActInput>(payload);
            if (input.Warrant is { Undoes: false } warrant)
            {
                _scheduled.Add((scheduled.ActivityType.Name, Convert.ToHexStringLower(PlanTree.LeafOf(warrant.Item))));
            }

            _undoPushed.UnionWith(
                (input.Audit ?? []).Where(audit => audit.Type == AuditTypes.UndoPushed).Select(audit => audit.Step).OfType<string>());
        }
        catch (JsonException)
        {
            // None of ours.
        }
    }

    // What the inputs of activities that write have in common.
    private sealed record ActInput(Warrant? Warrant, IReadOnlyList<AuditEvent>? Audit);
}
