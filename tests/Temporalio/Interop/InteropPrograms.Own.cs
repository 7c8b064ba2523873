using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Interop;

/// <content>Programs that need other workflows or the server set up, and those that only this SDK has.</content>
internal static partial class InteropPrograms
{
    private static Type[] OwnWorkflows =>
    [
        typeof(ChanceWorkflow), typeof(LocksWorkflow), typeof(HandlersWorkflow), typeof(CancelTypesWorkflow), typeof(ChildTypesWorkflow),
    ];

    private static readonly Dictionary<string, Func<ITemporalClient, string, Task<string>>> OwnDrives = new()
    {
        ["Chance"] = (client, queue) => ResultAsync(client, queue, "Chance", []),
        ["Locks"] = (client, queue) => ResultAsync(client, queue, "Locks", []),
        ["Handlers"] = DriveHandlersAsync,
        ["CancelTypes"] = (client, queue) => ResultAsync(client, queue, "CancelTypes", []),
        ["ChildTypes"] = DriveChildTypesAsync,
    };

    private static async Task<string> DriveExternalAsync(ITemporalClient client, string taskQueue)
    {
        WorkflowHandle child = await StartAsync(client, taskQueue, "Child", []);
        WorkflowHandle sleeper = await StartAsync(client, taskQueue, "Sleeper", []);
        string run = await ResultAsync(client, taskQueue, "External", [child.Id, sleeper.Id]);
        Assert.Equal("told from outside", await child.GetResultAsync<string>());
        await Assert.ThrowsAsync<WorkflowFailedException>(() => sleeper.GetResultAsync());
        return run;
    }

    private static async Task<string> DriveLabelsAsync(ITemporalClient client, string taskQueue)
    {
        AddSearchAttributesRequest request = new() { Namespace = client.Options.Namespace };
        request.SearchAttributes[LabelsWorkflow.Owner.Name] = LabelsWorkflow.Owner.ValueType;
        await client.OperatorService.AddSearchAttributesAsync(request);
        return await ResultAsync(client, taskQueue, "Labels", []);
    }

    private static async Task<string> DriveHandlersAsync(ITemporalClient client, string taskQueue)
    {
        WorkflowHandle handle = await client.StartWorkflowAsync(
            "Handlers", [], new(RealServer.NewId("Handlers"), taskQueue) { StartSignal = "add", StartSignalArgs = ["early"] });
        await handle.SignalAsync("add", ["late"]);
        await handle.SignalAsync("other", []);
        await GotAsync(handle, 3);
        await handle.ExecuteUpdateAsync<int>("end", ["end"]);
        string run = Ended(handle, await handle.GetResultAsync<string>());
        Assert.Equal("early late any other end", await handle.QueryAsync<string>("got", []));
        return run;
    }

    private static async Task GotAsync(WorkflowHandle handle, int count)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (await HandledAsync(handle) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    // Until the workflow has set its handlers the query fails.
    private static async Task<int> HandledAsync(WorkflowHandle handle)
    {
        try
        {
            return (await handle.QueryAsync<string>("got", [])).Split(' ').Count(word => word is "early" or "late" or "any");
        }
        catch (WorkflowQueryFailedException)
        {
            return 0;
        }
    }

    private static async Task<string> DriveChildTypesAsync(ITemporalClient client, string taskQueue)
    {
        string run = await ResultAsync(client, taskQueue, "ChildTypes", []);

        // The parent neither cancelled it nor waited for it.
        WorkflowHandle abandoned = client.GetWorkflowHandle($"{run.Split('|')[0]}/Abandon");
        await Assert.ThrowsAsync<WorkflowFailedException>(() => abandoned.GetResultAsync().Within());
        return run;
    }
}
