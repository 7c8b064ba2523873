using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Temporalio.Client;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What people are told of a change, in which order, and that no channel can hold a change up.</summary>
public abstract class NoticeRunTests(RunServer server) : RunTests(server)
{
    private readonly ScriptedWorld _world =
        new(server) { Policy = ScriptedWorld.Asking(teamLeads: 1) with { Notifies = true } };

    private protected RollRun Run => field ??= new RollRun(Server, _world);

    private protected ScriptedChannels Channels => _world.Channels;

    private protected static SampleInput Input { get; } = new(new ChangeTarget("lab"), RollRun.Input.Change);

    [RunFact]
    public async Task Change_ApprovedPausedAndResumed_IsToldOfInOrder()
    {
        await RunAsync(Input with { Pauses = true }, 5, async handle =>
        {
            await ApproveAsync(handle);
            await Run.WaitForStepAsync(handle, "two");
            await RollRun.ControlAsync(handle, ControlNames.Pause, "alice");
            await Run.WaitForAsync(handle, ChangeState.Paused);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(
            ["gate.waiting Warning", "change.started Info", "change.paused Warning !", "change.resumed Info .", "change.closed Info"],
            Channels.Short);
        string id = ChangeId.Of(Run.WorkflowId);
        NotificationEvent asked = Channels.Heard[0];
        Assert.Equal("Sample on lab/confluent waits for approval", asked.Title);
        Assert.EndsWith(
            $"Requested by unverified:alice: monthly restart Vote with: sop approve {id}", asked.Sentence, StringComparison.Ordinal);
        Assert.Equal(
            ($"Sample on lab: Paused", $"Paused by alice. Controls: resume, abort. Look at it with: sop status {id}", id, "lab", id),
            (Channels.Heard[2].Title, Channels.Heard[2].Sentence, Channels.Heard[2].ChangeId, Channels.Heard[2].Target,
                Channels.Heard[2].Incident));
        Assert.Equal(5, Channels.Heard.Select(notice => notice.DedupeKey).Distinct().Count());
    }

    [RunFact]
    public async Task Change_ThatFailsAndIsPutBack_EndsTheTroubleItBegan()
    {
        SampleInput input = Input with { Change = Input.Change with { OnFailure = OnFailure.Ask }, FailsAt = "three" };
        await RunAsync(input, 4, async handle =>
        {
            await ApproveAsync(handle);
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Equal(
            ["gate.waiting Warning", "change.started Info", "change.blocked Warning !", "change.undone Warning ."], Channels.Short);
    }

    [RunFact]
    public async Task Notice_ThatNobodyAcceptsOnARoute_IsItselfToldOnTheOthers()
    {
        Channels.HasDeafRoute = true;
        await RunAsync(Input, 4, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Reject, "unverified:bob", "not now"));
        });

        Assert.Equal(
            ["change.denied Info", "gate.waiting Warning", "notify.failed Page", "notify.failed Page"], Channels.Short.Order());
        NotificationEvent failed = Channels.Heard.First(notice => notice.Type == "notify.failed");
        Assert.StartsWith("Nobody was told on deaf: ", failed.Title, StringComparison.Ordinal);
        Assert.StartsWith("mail answered 550. The notice was: ", failed.Sentence, StringComparison.Ordinal);
    }

    [RunFact]
    public async Task Change_WhereThereIsNoRoute_BeginsNothing()
    {
        _world.Policy = _world.Policy with { Notifies = false };
        await RunAsync(Input, 0, ApproveAsync);

        Assert.Empty(Channels.Heard);
    }

    [RunFact]
    public async Task Plan_ThatIsOnlyAskedFor_IsNobodysConcern()
    {
        await RunAsync(Input with { Change = Input.Change with { Mode = ChangeMode.Plan } }, 0, _ => Task.CompletedTask);

        Assert.Empty(Channels.Heard);
    }

    private protected async Task RunAsync(SampleInput input, int notices, Func<WorkflowHandle, Task> meanwhile)
    {
        await Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, input, async handle =>
        {
            await meanwhile(handle);
            await Run.WaitForEndAsync(handle);
            await Server.UntilAsync(() => Channels.Heard.Count >= notices);
        });
    }

    private async Task ApproveAsync(WorkflowHandle handle)
    {
        ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
        await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob"));
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : NoticeRunTests(new BoxTemporal(caches: false))
    {
        // 72 hours: only where time is skipped.
        [Fact]
        public async Task Approval_ThatNobodyGives_IsRemindedOfTwiceAndThenSaidToHaveExpired()
        {
            _world.Policy = _world.Policy with
            {
                Tiers = [.. _world.Policy.Tiers.Select(tier => tier with { DecideWithin = TimeSpan.FromHours(72) })],
            };
            List<DateTimeOffset> at = [];
            Channels.At = (moment, _) =>
            {
                if (moment == ScriptedWorld.Moment.After)
                {
                    at.Add(Server.Now);
                }
            };
            DateTimeOffset began = Server.Now;
            await RunAsync(Input, 4, _ => Task.CompletedTask);

            Assert.Equal(
                ["gate.waiting Warning", "gate.reminder Warning", "gate.reminder Warning", "change.expired Info"], Channels.Short);
            Assert.Equal([0, 36, 65, 72], at.Select(time => (int)Math.Round((time - began).TotalHours)));
        }

        [Fact]
        public async Task Task_ThatNobodyAnswers_IsRemindedOfTwice()
        {
            _world.Policy = ScriptedWorld.Asking() with { Notifies = true };
            await RunAsync(Input with { AsksATeamLead = true }, 6, _ => Task.CompletedTask);

            Assert.Equal(
                [
                    "change.started Info", "task.waiting Warning", "task.reminder Warning", "task.reminder Warning",
                    "task.expired Warning", "change.undone Warning",
                ],
                Channels.Short);
        }
    }

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : NoticeRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : NoticeRunTests(lab);
}
