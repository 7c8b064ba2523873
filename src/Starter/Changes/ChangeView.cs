using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Changes;

/// <summary>All that is known of a change at one moment; what <c>--output json</c> prints of it.</summary>
/// <param name="At">When it was read; not printed, so that a document that says nothing new is equal to the one before.</param>
/// <param name="WorkflowId">The workflow that runs it.</param>
/// <param name="Change">Where it stands.</param>
/// <param name="Approval">The votes, once votes were asked for.</param>
/// <param name="Rolls">The rolls that it supervises, in the order in which they began.</param>
internal sealed record ChangeView(
    [property: JsonIgnore] DateTimeOffset At,
    string WorkflowId,
    ChangeStatus Change,
    ApprovalStatus? Approval,
    IReadOnlyList<RollStatus> Rolls);
