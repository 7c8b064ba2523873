using Orchestrator.Lab.Servers;
using Temporalio.Client;
using Temporalio.Tests.Worker;
using Temporalio.Worker;

namespace Temporalio.Tests.Recovery;

/// <summary>Workflows whose worker, server or connection is taken away in the middle: nothing is lost, and no step is done twice.</summary>
[Trait("Category", "Lab")]
public sealed class RecoveryTests : IClassFixture<FragileServer>, IDisposable
{
    private readonly FragileServer _server;
    private readonly string _taskQueue = RealServer.NewId("queue");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("temporalio-recovery-");
    private readonly StepActivities _steps;

    public RecoveryTests(FragileServer server)
    {
        _server = server;
        _steps = new(_folder.FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [LabFact]
    public async Task WorkerKilledInAStep_ItsSuccessorRepeatsThatStepAlone()
    {
        _steps.HoldAt("a.3");
        using WorkerProcess first = WorkerProcess.Start(_server.Direct.Options.TargetHost!, _taskQueue, _folder.FullName);
        WorkflowHandle<StepsWorkflow, string> handle = await StartAsync("a", 5, silentFor: TimeSpan.FromSeconds(1));
        await DoneAsync("a.3#1");
        await first.KillAsync();
        _steps.LetGo();
        using WorkerProcess second = WorkerProcess.Start(_server.Direct.Options.TargetHost!, _taskQueue, _folder.FullName);
        Assert.Equal("a.1 a.2 a.3 a.4 a.5", await handle.GetResultAsync().Within());
        Assert.Equal(["a.1#1", "a.2#1", "a.3#1", "a.3#2", "a.4#1", "a.5#1"], _steps.Done);
    }

    [LabFact]
    public Task ServerKilledInAStep_NoStepIsDoneTwice() => RunAsync(_server.Direct, async () =>
    {
        _steps.HoldAt("a.2");
        WorkflowHandle<StepsWorkflow, string> handle = await StartAsync("a", 4);
        await DoneAsync("a.2#1");
        await _server.KillAsync();
        _steps.LetGo();
        await _server.RestartAsync();
        Assert.Equal("a.1 a.2 a.3 a.4", await handle.GetResultAsync().WaitAsync(Bounded.Limit * 2));
        Assert.Equal(["a.1#1", "a.2#1", "a.3#1", "a.4#1"], _steps.Done);
    });

    [LabFact]
    public async Task ConnectionCutAgainAndAgain_EveryWorkflowCompletesWithEachStepOnce() => await RunAsync(
        await TemporalConnection.ConnectAsync(new(_server.ProxiedAddress)),
        async () =>
        {
            string[] names = [.. Enumerable.Range(0, 10).Select(i => $"w{i}")];
            WorkflowHandle<StepsWorkflow, string>[] handles = await Task.WhenAll(names.Select(name => StartAsync(name, 4)));
            for (int cut = 1; cut <= 4; cut++)
            {
                int passed = _steps.Done.Count;
                await UntilAsync(() => _steps.Done.Count > passed || _steps.Done.Count == names.Length * 4);
                await _server.CutAsync();
                await _server.MendAsync();
            }

            foreach (WorkflowHandle<StepsWorkflow, string> handle in handles)
            {
                await handle.GetResultAsync().WaitAsync(Bounded.Limit * 2);
            }

            string[] expected = [.. names.SelectMany(name => Enumerable.Range(1, 4).Select(step => $"{name}.{step}")).Order()];
            Assert.Equal(expected, _steps.Done.Select(line => line.Split('#')[0]).Order());
        });

    private Task<WorkflowHandle<StepsWorkflow, string>> StartAsync(string name, int steps, TimeSpan? silentFor = null) =>
        new TemporalClient(_server.Direct, new()).StartWorkflowAsync(
            (StepsWorkflow workflow) => workflow.RunAsync(new(name, steps, silentFor ?? TimeSpan.FromSeconds(20))), new(RealServer.NewId(name), _taskQueue));

    private Task DoneAsync(string effect) => UntilAsync(() => _steps.Done.Contains(effect));

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private async Task RunAsync(TemporalConnection connection, Func<Task> test)
    {
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue).AddAllActivities(_steps).AddWorkflow<StepsWorkflow>();
        using TemporalWorker worker = new(new TemporalClient(connection, new()), options);
        await worker.ExecuteAsync(test).WaitAsync(Bounded.Limit * 4);
    }
}
