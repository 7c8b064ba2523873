using Orchestrator.Starter.Exits;
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

    /// <summary>The same.</summary>
    /// <exception cref="SopException">It is an assessment, which has no plan.</exception>
    public ProcedureRequest OfChange() => Procedure.Kind == ProcedureKind.Change ? this : throw new SopException(
        ExitCode.Usage, $"{Procedure.Name} changes nothing, so it has no plan; run it with: sop start {Procedure.Name}");

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
