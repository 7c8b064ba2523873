using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>The search attributes of a change: what lists and dashboards find it by.</summary>
internal static class ChangeAttributes
{
    // Of a change that has not asked for votes.
    private const string NoApproval = "None";

    private static readonly SearchAttributeKey<string> Procedure = SearchAttributeKey.CreateKeyword(ChangeNames.ProcedureAttribute);
    private static readonly SearchAttributeKey<string> Target = SearchAttributeKey.CreateKeyword(ChangeNames.TargetAttribute);
    private static readonly SearchAttributeKey<string> State = SearchAttributeKey.CreateKeyword(ChangeNames.StateAttribute);
    private static readonly SearchAttributeKey<string> Tier = SearchAttributeKey.CreateKeyword(ChangeNames.TierAttribute);
    private static readonly SearchAttributeKey<string> Approval = SearchAttributeKey.CreateKeyword(ChangeNames.ApprovalStateAttribute);
    private static readonly SearchAttributeKey<string> RequestedBy = SearchAttributeKey.CreateKeyword(ChangeNames.RequestedByAttribute);
    private static readonly SearchAttributeKey<string> Change = SearchAttributeKey.CreateKeyword(ChangeNames.ChangeIdAttribute);
    private static readonly SearchAttributeKey<string> Incident = SearchAttributeKey.CreateKeyword(ChangeNames.IncidentIdAttribute);

    public static void Submitted(string changeId, string procedure, ChangeTarget target, ChangeTier tier, string requestedBy,
        string? incidentId)
    {
        List<SearchAttributeUpdate> attributes =
        [
            Change.ValueSet(changeId),
            Procedure.ValueSet(procedure),
            Target.ValueSet(target.ToString()),
            Tier.ValueSet(tier.ToString()),
            RequestedBy.ValueSet(requestedBy),
            State.ValueSet(nameof(ChangeState.Looking)),
            Approval.ValueSet(NoApproval),
        ];
        if (incidentId is not null)
        {
            attributes.Add(Incident.ValueSet(incidentId));
        }

        Workflow.UpsertTypedSearchAttributes([.. attributes]);
    }

    public static void Moved(ChangeState state) => Workflow.UpsertTypedSearchAttributes(State.ValueSet(state.ToString()));

    public static void Moved(ChangeState state, ApprovalDecision approval) =>
        Workflow.UpsertTypedSearchAttributes(State.ValueSet(state.ToString()), Approval.ValueSet(approval.ToString()));
}
