using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What only a person can do: asked in a step, answered by somebody with the role, and nothing goes on before.</summary>
public abstract class PersonTaskRunTests(RunServer server) : RunTests(server)
{
    private static readonly Dictionary<string, string> Moved = new() { ["moved"] = "yes", ["zone"] = "inside" };

    private readonly ScriptedWorld _world = new(server);

    private protected RollRun Run => field ??= new RollRun(Server, _world);

    private protected static SampleInput Input { get; } = new(new ChangeTarget("lab"), RollRun.Input.Change) { AsksATeamLead = true };

    private string TaskId => $"{Run.WorkflowId}/task/1";

    [RunFact]
    public async Task Task_AnsweredByTheRole_LetsTheRunGoOnAndIsInItsAuditChain()
    {
        ChangeOutcome outcome = await RunAsync(async _ =>
        {
            PersonTaskStatus waiting = await StatusAsync();
            Assert.Equal(PersonTaskState.Waiting, waiting.State);
            Assert.StartsWith("'Move the DNS record' waits for team-lead until ", waiting.Sentence, StringComparison.Ordinal);
            Assert.Equal(2, _world.Effects.Count);

            PersonTaskStatus answered = await AnswerAsync(new("unverified:bob", Moved, "done by hand"));

            Assert.StartsWith("Answered by bob at ", answered.Sentence, StringComparison.Ordinal);
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal("moved: yes.", outcome.Status.Steps.Single(step => step.Name == "ask").Detail);
        Assert.Equal(
            [(AuditTypes.TaskAsked, "system", "team-lead: Move the DNS record"),
                (AuditTypes.TaskAnswered, "unverified:bob", "moved=yes, zone=inside, done by hand")],
            _world.Evidence!.Events.Where(audit => audit.Type.StartsWith("task.", StringComparison.Ordinal))
                .Select(audit => (audit.Type, audit.Actor, audit.Sentence!)));
        Assert.Contains(_world.Evidence.Documents, document => document.Path == "tasks/1.json");
    }

    [RunTheory]
    [InlineData(
        "bob", TaskRefusals.ActorUnverified, "The name 'bob' must be 'unverified:' and a name; signed statements are not accepted yet.")]
    [InlineData("unverified:alice", TaskRefusals.ActorIsRequester, "alice requested {id}; somebody else must answer this.")]
    [InlineData(
        "unverified:dave", TaskRefusals.ActorLacksRole, "dave does not have the role team-lead, which this task asks for.")]
    public async Task Task_AnsweredBySomebodyElse_IsRefusedAndStillWaits(string actor, string code, string sentence)
    {
        await RunAsync(async handle =>
        {
            ApplicationFailureException refused = await RefusedAsync(new(actor, Moved));
            Assert.Equal((code, sentence.Replace("{id}", ChangeId.Of(Run.WorkflowId), StringComparison.Ordinal)),
                (refused.ErrorType, refused.Message));
            Assert.Equal(PersonTaskState.Waiting, (await StatusAsync()).State);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });
    }

    [RunFact]
    public async Task Task_AnsweredWithAnotherForm_NamesEveryField() => await RunAsync(async handle =>
    {
        ApplicationFailureException refused = await RefusedAsync(new(
            "unverified:bob", new Dictionary<string, string> { ["ttl"] = "soon", ["zone"] = "north", ["colour"] = "red" }));

        Assert.Equal(TaskRefusals.AnswerInvalid, refused.ErrorType);
        Assert.Equal(
            "colour is unknown; the form has moved, ttl, zone. moved is missing: Whether it was moved. "
                + "ttl is 'soon'; it must be a whole number. zone is 'north'; it must be one of inside, outside.",
            refused.Message);
        await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
    });

    [RunFact]
    public async Task Task_AnsweredBySignal_CountsAsAnUpdateDoes()
    {
        ChangeOutcome outcome = await RunAsync(_ => Server.Client.GetWorkflowHandle(TaskId).SignalAsync(
            AskPersonWorkflow.AnswerUpdate, [new TaskAnswer("unverified:carol", Moved)]));

        Assert.Equal(ChangeState.Succeeded, outcome.State);
    }

    [RunFact]
    public async Task Task_Aborted_UndoesWhatWasDoneBefore()
    {
        ChangeOutcome outcome = await RunAsync(handle => RollRun.ControlAsync(handle, ControlNames.Abort, "alice"));

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(4, _world.Effects.Count);
        Assert.Equal(FailureCodes.Aborted, outcome.Status.Failure!.Code);
    }

    private async Task<ChangeOutcome> RunAsync(Func<WorkflowHandle, Task> meanwhile) =>
        await Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, Input, async handle =>
        {
            await Run.WaitForAsync(handle, status => status.Children.Any(child => child.WorkflowId == TaskId));
            await meanwhile(handle);
        });

    private Task<PersonTaskStatus> StatusAsync() =>
        Server.Client.GetWorkflowHandle(TaskId).QueryAsync<PersonTaskStatus>(ChangeNames.StatusQuery, []);

    private Task<PersonTaskStatus> AnswerAsync(TaskAnswer answer) =>
        Server.Client.GetWorkflowHandle(TaskId).ExecuteUpdateAsync<PersonTaskStatus>(AskPersonWorkflow.AnswerUpdate, [answer]);

    private async Task<ApplicationFailureException> RefusedAsync(TaskAnswer answer) => Assert.IsType<ApplicationFailureException>(
        (await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => AnswerAsync(answer))).InnerException);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : PersonTaskRunTests(new BoxTemporal(caches: false))
    {
        // An hour: only where time is skipped.
        [Fact]
        public async Task Task_NobodyAnswers_EndsTheRunAndUndoesIt()
        {
            ChangeOutcome outcome = await Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, Input);

            Assert.Equal((ChangeState.Undone, FailureCodes.TaskExpired), (outcome.State, outcome.Status.Failure!.Code));
            Assert.StartsWith(
                "Nobody with the role team-lead answered 'Move the DNS record' by ", outcome.Status.Failure.Sentence,
                StringComparison.Ordinal);
        }
    }

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : PersonTaskRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : PersonTaskRunTests(lab);
}
