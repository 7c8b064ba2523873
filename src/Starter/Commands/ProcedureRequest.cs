using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary>A procedure that is asked for.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Target">What it is aimed at.</param>
/// <param name="Request">Who asks for what, and why.</param>
/// <param name="Input">Its input record, which holds the two before.</param>
/// <param name="ChangeId">The change that it makes.</param>
internal sealed record ProcedureRequest(
    ProcedureDescriptor Procedure, ChangeTarget Target, ChangeRequest Request, object Input, string ChangeId)
{
    /// <summary>The id of its workflow.</summary>
    public string WorkflowId { get; } = Workflows.ChangeControl.ChangeId.WorkflowId(Procedure.Name, Target, ChangeId);

    /// <summary>The same, but only planned, as a change of its own.</summary>
    public ProcedureRequest AsPlan(DateTimeOffset now)
    {
        string requestId = $"{Guid.NewGuid():N}";
        return With(
            Request with { RequestId = requestId, Mode = ChangeMode.Plan, ExpectedPlanHash = null },
            Workflows.ChangeControl.ChangeId.Create(Procedure.Name, Target, requestId, now));
    }

    /// <summary>The same, but run only if its plan has this hash.</summary>
    public ProcedureRequest BoundTo(string planHash) => With(Request with { ExpectedPlanHash = planHash }, ChangeId);

    private ProcedureRequest With(ChangeRequest request, string changeId) =>
        new(Procedure, Target, request, ProcedureInput.With(Procedure, Input, request), changeId);
}
