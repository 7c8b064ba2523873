using Orchestrator.Sandbox.Temporal;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>The time of a server in the box that skips it.</summary>
public sealed class SkippedTimeTests : IAsyncLifetime
{
    private const string Queue = "orders";

    private TemporalBox _box = null!;
    private ITemporalClient _client = null!;

    public async Task InitializeAsync()
    {
        _box = await TemporalBox.StartAsync(new() { SkipsTime = true });
        _client = await TemporalClient.ConnectAsync(new(_box.Address));
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Result_OfARunThatWaitsForMonths_ComesAtThatTime()
    {
        DateTimeOffset begun = _box.Time.Now;
        string result = await WorkAsync(async handle => await _box.Time.ResultAsync<string>(handle), TimeSpan.FromDays(90));

        Assert.Equal("paid at try 1; ", result);
        Assert.InRange(_box.Time.Now - begun, TimeSpan.FromDays(90), TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Time_NobodyWaitsForIt_StandsStill()
    {
        await WorkAsync(
            async handle =>
            {
                await _box.Time.AdvanceAsync(TimeSpan.FromDays(1));
                Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
                DateTimeOffset now = _box.Time.Now;
                await handle.SignalAsync("Note", ["hurry"]);
                await handle.QueryAsync<IReadOnlyList<string>>("Notes", []);
                Assert.Equal(now, _box.Time.Now);
                await _box.Time.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
                return await _box.Time.ResultAsync<string>(handle);
            },
            TimeSpan.FromDays(2));
    }

    private async Task<string> WorkAsync(Func<WorkflowHandle, Task<string>> test, TimeSpan wait)
    {
        using TemporalWorker worker = new(
            _client, new TemporalWorkerOptions(Queue).AddWorkflow<OrderWorkflow>().AddAllActivities(new Payments()));
        return await worker.ExecuteAsync(async () =>
            await test(await _client.StartWorkflowAsync((OrderWorkflow w) => w.RunAsync(new() { Wait = wait }), new("order", Queue))));
    }
}
