using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>The smallest procedure: writes a ConfigMap, waits until it is told, and writes it once more.</summary>
[Workflow(Type)]
[Procedure<TouchInput>("touch", ChangeTier.T2, "Writes a ConfigMap")]
public sealed class TouchWorkflow
{
    public const string Type = "Touch";
    public const string Name = "settings";

    private readonly TouchInput _input;
    private readonly ChangeRun _run;
    private bool _goOn;

    [WorkflowInit]
    public TouchWorkflow(IRawValue input) => _run = ChangeRun.Open(this, 1, input, out _input);

    [WorkflowRun]
    public Task<ChangeOutcome> RunAsync(IRawValue input) => _run.ExecuteAsync(
        new ProcedureParts(resolved => Task.FromResult(Draft(resolved.Target)), StepsAsync, () => Task.CompletedTask)
        {
            LockOn = Name,
        });

    [WorkflowSignal("go-on")]
    public Task GoOnAsync()
    {
        _goOn = true;
        return Task.CompletedTask;
    }

    private PlanDraft Draft(ChangeTarget target) => new(
        [],
        [Item(1, "touch", target, null, _input.By, UndoKind.Exact), Item(2, "touch-again", target, _input.By, null, UndoKind.None)],
        [],
        new PlanEstimate(TimeSpan.FromMinutes(1), TimeSpan.Zero));

    private static PlanItem Item(int seq, string step, ChangeTarget target, string? before, string? after, UndoKind undo) => new(
        seq,
        step,
        PlanAction.Update,
        new PlanObject("kubernetes", "configmaps", target.Namespace, Name),
        [new FieldChange("data.by", before, after, "test") { Pointer = "/data/by" }],
        undo);

    private async Task StepsAsync()
    {
        await _run.StepAsync(
            "touch",
            () => WriteAsync(null, _input.By, _run.Warrant("touch")),
            _input.Change.OnFailure == OnFailure.Leave ? null : new Undo("empties it", async () =>
            {
                await WriteAsync(_input.By, null, _run.Warrant("touch", undoes: true));
                return null;
            }));
        await _run.StepAsync("wait", async () =>
        {
            await Workflow.WaitConditionAsync(() => _goOn || _run.MustStop);
            await _run.CheckpointAsync();
            return "told.";
        });
        await _run.StepAsync("touch-again", () => WriteAsync(_input.By, null, _run.Warrant("touch-again")));
    }

    private async Task<string> WriteAsync(string? before, string? after, Warrant warrant)
    {
        PointerChange change = new("/data/by", before, after);
        ObjectReference map = new("", "v1", "configmaps", _run.Target.Namespace, Name);
        PatchObjectInput patch = new(_run.Target, map, [change], _run.Fences) { Warrant = warrant };
        await Workflow.ExecuteActivityAsync((IObjectActivities a) => a.PatchObjectAsync(patch), ActivityCalls.Write);
        return $"wrote {after ?? "nothing"}.";
    }
}
