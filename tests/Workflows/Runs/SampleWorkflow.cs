using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>The smallest procedure that shows what the frame does: four steps, each with an undo, on objects of their names.</summary>
[Workflow(Type)]
[Procedure<SampleInput>("sample", ChangeTier.T2, "Four steps")]
public sealed class SampleWorkflow
{
    public const string Type = "Sample";

    private readonly SampleInput _input;
    private readonly ChangeRun _run;
    private int _failed;
    private int _looks;
    private int _spared;
    private int _checked;

    [WorkflowInit]
    public SampleWorkflow(IRawValue input) => _run = ChangeRun.Open(this, 1, input, out _input);

    [WorkflowRun]
    public Task<ChangeOutcome> RunAsync(IRawValue input) => _run.ExecuteAsync(
        new ProcedureParts(_ => Task.FromResult(Draft()), StepsAsync, () => FailAsync("validate")));

    private PlanDraft Draft() => new(
        [],
        [
            new PlanItem(
                1, "one", PlanAction.Update,
                new PlanObject("kubernetes", "configmaps", null, _input.Replans && _looks++ > 0 ? "uno" : "one"),
                [], UndoKind.Exact),
        ],
        [],
        new PlanEstimate(TimeSpan.FromMinutes(1), _input.UndoTakes));

    private async Task StepsAsync()
    {
        await StepAsync("one", StepKind.Normal);
        await _run.StepAsync("two", TwoAsync, UndoOf("two"));
        if (_input.Parks > TimeSpan.Zero)
        {
            await _run.ParkAsync(_input.Parks, "The old key must expire.");
        }

        if (_input.AsksATeamLead)
        {
            await _run.StepAsync("ask", AskAsync);
        }

        await _run.StepAsync("three", () => ActAsync("three"), UndoOf("three"), _input.Third,
            _input.SkipsThird is null ? null : CheckAsync);
        await StepAsync("four", StepKind.Normal);
    }

    private async Task<string> AskAsync()
    {
        TaskAnswer answer = await _run.AskPersonAsync(new(
            "Move the DNS record",
            "Point kafka.example.com to 10.0.0.7.",
            "team-lead",
            [
                new TaskField("moved", TaskFieldKind.YesNo, "Whether it was moved."),
                new TaskField("ttl", TaskFieldKind.Number, "Its TTL, in seconds.") { IsRequired = false },
                new TaskField("zone", TaskFieldKind.Choice, "The zone.") { Choices = ["inside", "outside"] },
            ],
            TimeSpan.FromHours(1))
        {
            RequesterMayAnswer = false,
        });
        return $"moved: {answer.Value("moved")}.";
    }

    private async Task<string> TwoAsync()
    {
        if (_input.Pauses)
        {
            await Workflow.WaitConditionAsync(() => _run.MustStop, CancellationToken.None);
            await _run.CheckpointAsync();
        }

        return await ActAsync("two");
    }

    private Task StepAsync(string name, StepKind kind) => _run.StepAsync(name, () => ActAsync(name), UndoOf(name), kind);

    private Undo UndoOf(string name) => new($"takes {name} back", async () =>
    {
        await WriteAsync(name, "done", null);
        await FailAsync($"undo-{name}");
        return null;
    });

    private async Task<string> ActAsync(string name)
    {
        await WriteAsync(name, null, "done");
        await FailAsync(name);
        return $"{name} is done.";
    }

    private Task<string?> CheckAsync() => Task.FromResult(_checked++ == 0 && _input.SkipsThird is { Length: > 0 } no ? no : null);

    private Task FailAsync(string name) => _input.FailsAt == name && _spared++ < _input.Spares
        ? Task.CompletedTask
        : _input.AlsoFailsAt == name || (_input.FailsAt == name && _failed++ < _input.Times)
        ? throw new ApplicationFailureException($"{name} is broken.", errorType: "BROKEN", nonRetryable: true)
        : Task.CompletedTask;

    private Task WriteAsync(string name, string? before, string? after) => _run.ActAsync((audit, options) =>
    {
        PatchObjectInput patch = new(
            _run.Target,
            new ObjectReference("", "v1", "configmaps", "x", name, null),
            [new PointerChange("/x", before, after)],
            _run.Fences)
        {
            Audit = audit,
        };
        return Workflow.ExecuteActivityAsync((IObjectActivities a) => a.PatchObjectAsync(patch), options);
    });
}
