using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;
using Temporalio.Client;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What the restart of one broker does, in which order, in a scripted cluster.</summary>
public abstract class RestartRunTests(RunServer server) : RunTests(server)
{
    private static readonly RestartKafkaBrokerInput Input = new()
    {
        Target = new ChangeTarget("lab"),
        Change = RollRun.Input.Change,
        Broker = 2,
        Limits = RollRun.Input.Limits,
    };

    private readonly ScriptedWorld _world = new(server) { Watches = [RollMilestone.Done] };

    private RollRun Run => field ??= new RollRun(Server, _world);

    private static string Uid => WholeConfluent.Kafka.Pods[2].Uid;

    [RunFact]
    public async Task Restart_OfABroker_EvictsItOnceAndElectsItsLeaders()
    {
        RestartKafkaBrokerResult result = await RestartAsync(Input);

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"evict kafka-2 {Uid}"], _world.Effects);
        Assert.Equal("new-kafka-2", result.Pod!.NewUid);
        Assert.Equal(
            ["remove-pod Done", "supervise-restart Done", "elect-preferred-leaders Done", "try-canary Done"],
            result.Change.Status.Steps.Select(step => $"{step.Name} {step.State}"));
        Assert.Contains("take cluster/cluster-uid/confluent/kafka Exclusive", _world.Locks);
    }

    [RunFact]
    public async Task Restart_ABudgetSaysNo_IsAskedAgain()
    {
        _world.EvictionsRefused = 1;

        RestartKafkaBrokerResult result = await RestartAsync(Input);

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"evict kafka-2 {Uid}", $"evict kafka-2 {Uid}"], _world.Effects);
    }

    [RunFact]
    public async Task Restart_AbortedWhileABudgetSaysNo_HasChangedNothing()
    {
        _world.EvictionsRefused = 1000;

        RestartKafkaBrokerResult result = await RestartAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, _ => _world.Effects.Count > 0);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Equal((ChangeState.Undone, "Aborted by alice. Nothing was changed."), (result.Change.State, result.Change.Status.Sentence));
    }

    [RunFact]
    public async Task Repair_OfADeadPod_DeletesIt()
    {
        _world.Cluster = WholeConfluent.Cluster with
        {
            Kafka = (WholeConfluent.Kafka with { ReadyReplicas = 2 }).With(2, pod => pod with { Ready = false }),
        };
        _world.Kafka = WholeKafka.Snapshot.Without(2);
        _world.Watches = [];

        RestartKafkaBrokerResult result = await RestartAsync(Input with { Repair = true }, async _ =>
        {
            await Server.UntilAsync(() => _world.IsWaiting);
            Assert.Equal([$"delete kafka-2 {Uid}"], _world.Effects);
            _world.Cluster = WholeConfluent.Cluster;
            _world.Kafka = WholeKafka.Snapshot;
            _world.WatchesGoOn();
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"delete kafka-2 {Uid}"], _world.Effects);
    }

    [RunFact]
    public async Task Restart_AnswerOfTheEvictionIsLost_IsNotAskedAgainForAPodThatWent()
    {
        _world.GoesAwayWithTheNextWrite = true;
        _world.BeforeRemoval = () => Brokers(kafka => kafka.With(2, pod => pod with { Terminating = true }));

        RestartKafkaBrokerResult result = await RestartAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, _ => _world.IsAway);
            _world.IsAway = false;
            await Run.WaitForAsync(handle, status => status.Steps.Any(step => step is { Name: "remove-pod", State: StepState.Done }));
            Brokers(_ => WholeConfluent.Kafka);
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"evict kafka-2 {Uid}"], _world.Effects);
    }

    [RunFact]
    public async Task Restart_EvictionThatFails_AsksTheGateBeforeTheNextTry()
    {
        int tries = 0;
        _world.BeforeRemoval = () =>
        {
            if (tries++ == 0)
            {
                throw new Temporalio.Exceptions.ApplicationFailureException("connection reset", "KUBERNETES_UNAVAILABLE");
            }
        };

        RestartKafkaBrokerResult result = await RestartAsync(Input);

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(2, _world.Effects.Count);

        // To plan; under the lock; before each of two tries; at the end.
        Assert.Equal([1, 3, 1, 1, 1], _world.Samples);
    }

    [RunFact]
    public async Task Repair_OfAPodThatIsBackRightBeforeItsDeletion_DeletesNothing()
    {
        _world.Cluster = WholeConfluent.Cluster with
        {
            Kafka = (WholeConfluent.Kafka with { ReadyReplicas = 2 }).With(2, pod => pod with { Ready = false }),
        };
        _world.Kafka = WholeKafka.Snapshot.Without(2);
        _world.BeforeReading = reading =>
        {
            if (reading == 3)
            {
                (_world.Cluster, _world.Kafka) = (WholeConfluent.Cluster, WholeKafka.Snapshot);
            }
        };

        RestartKafkaBrokerResult result = await RestartAsync(Input with { Repair = true });

        Assert.Empty(_world.Effects);
        Assert.Equal(RestartKafkaBrokerCodes.RepairNotNeeded, result.Change.Status.Failure!.Code);
        Assert.EndsWith("Nothing was changed.", result.Change.Status.Sentence, StringComparison.Ordinal);
    }

    [RunFact]
    public async Task Restart_StandsStill_AsksAPersonAndHoldsNothing()
    {
        _world.Watches = [RollMilestone.Stalled, RollMilestone.Done];

        RestartKafkaBrokerResult result = await RestartAsync(Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(new ChangeFailure("supervise-restart", RollCodes.RollStalled, "It is Stalled."), status.Failure);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"evict kafka-2 {Uid}"], _world.Effects);
    }

    private void Brokers(Func<ComponentSnapshot, ComponentSnapshot> change) =>
        _world.Cluster = _world.Cluster with { Kafka = change(_world.Cluster.Kafka!) };

    private Task<RestartKafkaBrokerResult> RestartAsync(RestartKafkaBrokerInput input, Func<WorkflowHandle, Task>? meanwhile = null) =>
        Run.ExecuteAsync<RestartKafkaBrokerResult>(RestartKafkaBrokerWorkflow.Type, input, meanwhile);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : RestartRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : RestartRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : RestartRunTests(lab);
}
