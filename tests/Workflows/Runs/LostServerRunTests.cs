using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Runs whose worker loses Temporal just after it has written something, and before it could say so: the server is killed, the connection
/// is cut, or answers no longer come. The run goes on where it was, and nothing is written twice.
/// </summary>
[Trait("Category", "Lab")]
public sealed class LostServerRunTests : IAsyncLifetime, IDisposable
{
    private const int AllRuns = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Less than the ten seconds for which a worker goes on reporting what an activity has done.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly TaskCompletionSource _mended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LabServers? _servers;
    private FaultyWire? _wire;

    private LabServers Servers => _servers ?? throw new InvalidOperationException(LabTools.MissingReason);

    private FaultyWire Wire => _wire ?? throw new InvalidOperationException(LabTools.MissingReason);

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync(LabTemporal.Attributes, "temporal", "toxiproxy");
        _wire = await _servers.Faults.WireAsync(_servers.TemporalAddress, _limit.Token);
    }

    public async Task DisposeAsync()
    {
        if (_wire is not null)
        {
            await _wire.DisposeAsync();
        }

        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    public void Dispose() => _limit.Dispose();

    [LabTheory]
    [InlineData("killed", 0)]
    [InlineData("cut", AllRuns)]
    [InlineData("silent", 0)]
    public async Task Run_TemporalLostAfterAWrite_GoesOnAndWritesNothingTwice(string outage, int cachedRuns)
    {
        TemporalClient direct = await TemporalClient.ConnectAsync(new(Servers.TemporalAddress));
        LabTemporal server = LabTemporal.Of(await TemporalClient.ConnectAsync(new(Wire.Address)), cachedRuns);
        ScriptedWorld world = new(server);
        RollRun run = new(server, world);
        world.AfterWriting = name => name == "two" ? LoseAsync(outage) : Task.CompletedTask;

        ChangeOutcome outcome = await run.ExecuteAsync<ChangeOutcome>(
            SampleWorkflow.Type, new SampleInput(new ChangeTarget("lab"), RollRun.Input.Change), async _ =>
            {
                await _mended.Task;
                await direct.GetWorkflowHandle(run.WorkflowId).GetResultAsync<ChangeOutcome>();
            });

        Assert.True(outcome.State == ChangeState.Succeeded, $"{outcome.State}: {outcome.Status.Sentence}");
        Assert.Equal(["one", "two", "three", "four"], world.Effects.Select(effect => effect.Split(':')[0]));
        WorkflowHistory history = await direct.GetWorkflowHandle(run.WorkflowId).FetchHistoryAsync();
        Assert.DoesNotContain(history.Events, each => each.EventType == EventType.WorkflowTaskFailed);
        await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<SampleWorkflow>()).ReplayWorkflowAsync(history);
    }

    // The write ends in the middle of it.
    private async Task LoseAsync(string outage)
    {
        switch (outage)
        {
            case "killed":
                await Servers.Faults.KillAsync("temporal");
                _ = MendAsync(TimeSpan.Zero, () => Servers.Faults.StartAsync("temporal"));
                break;
            case "cut":
                await Wire.CutAsync(_limit.Token);
                _ = MendAsync(Outage, () => Wire.MendAsync(_limit.Token));
                break;
            default:
                await Wire.SilenceAsync(_limit.Token);
                _ = MendAsync(Outage, () => Wire.HealAsync(_limit.Token));
                break;
        }
    }

    private async Task MendAsync(TimeSpan after, Func<Task> mend)
    {
        try
        {
            await Task.Delay(after, TimeProvider.System, _limit.Token);
            await mend();
            _mended.SetResult();
        }
        catch (Exception e)
        {
            _mended.SetException(e);
        }
    }
}
