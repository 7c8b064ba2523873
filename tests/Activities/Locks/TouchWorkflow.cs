using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Workflows;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>The smallest procedure: writes a ConfigMap, waits until it is told, and writes it once more.</summary>
[Workflow(Type)]
public sealed class TouchWorkflow
{
    public const string Type = "Touch";
    public const string Name = "settings";

    private readonly TouchInput _input;
    private readonly ChangeRun _run;
    private bool _goOn;

    [WorkflowInit]
    public TouchWorkflow(TouchInput input)
    {
        _input = input;
        _run = new ChangeRun(Type, 1, ChangeTier.T2, input.Target, input.Change);
    }

    [WorkflowRun]
    public Task<ChangeOutcome> RunAsync(TouchInput input) => _run.ExecuteAsync(
        new ProcedureParts(() => [], _ => Task.FromResult(Draft()), StepsAsync, () => Task.CompletedTask) { LockOn = Name }, new { input.By });

    [WorkflowSignal("go-on")]
    public Task GoOnAsync()
    {
        _goOn = true;
        return Task.CompletedTask;
    }

    private static PlanDraft Draft() => new(
        [],
        [new PlanItem(1, "touch", PlanAction.Update, new PlanObject("kubernetes", "configmaps", null, Name), [new FieldChange("data.by", null, "me", "test")], UndoKind.Exact)],
        [],
        new PlanEstimate(TimeSpan.FromMinutes(1), TimeSpan.Zero));

    private async Task StepsAsync()
    {
        await _run.StepAsync(
            "touch",
            () => WriteAsync(null, _input.By),
            _input.Change.OnFailure == OnFailure.Leave ? null : new Undo("empties it", async () =>
            {
                await WriteAsync(_input.By, null);
                return null;
            }));
        await _run.StepAsync("wait", async () =>
        {
            await Workflow.WaitConditionAsync(() => _goOn || _run.MustStop);
            await _run.CheckpointAsync();
            return "told.";
        });
        await _run.StepAsync("touch-again", () => WriteAsync(_input.By, null));
    }

    private async Task<string> WriteAsync(string? before, string? after)
    {
        PointerChange change = new("/data/by", before, after);
        ObjectReference map = new("", "v1", "configmaps", _run.Target.Namespace, Name);
        await Workflow.ExecuteActivityAsync(
            (IObjectActivities a) => a.PatchObjectAsync(new(_run.Target, map, new[] { change }, _run.Fences)), ActivityCalls.Write);
        return $"wrote {after ?? "nothing"}.";
    }
}
