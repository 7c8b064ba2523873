using System.Collections.Concurrent;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Tests.Interop;

/// <summary>
/// The programs that stand twice: here, and in <c>../TypeScript/workflows.js</c>. Driven the same way they must come to the same end,
/// and each SDK must be able to replay what the other has written.
/// </summary>
internal static partial class InteropPrograms
{
    // The programs wait for the server most of the time.
    private const int AtOnce = 4;

    private static readonly Type[] Workflows =
    [
        typeof(StepsWorkflow), typeof(ParallelWorkflow), typeof(ApprovalWorkflow), typeof(LimitWorkflow), typeof(PatchedWorkflow),
        typeof(ChildWorkflow), typeof(SleeperWorkflow), typeof(ParentWorkflow), typeof(AgainWorkflow), typeof(FailingWorkflow),
        typeof(CleansUpWorkflow), typeof(StopsWorkflow), typeof(NotesWorkflow), typeof(ExternalWorkflow), typeof(LabelsWorkflow),
        .. OwnWorkflows,
    ];

    private static readonly Dictionary<string, Func<ITemporalClient, string, Task<string>>> Drives = new()
    {
        ["Steps"] = (client, queue) => ResultAsync(client, queue, "Steps", ["s"]),
        ["Parallel"] = (client, queue) => ResultAsync(client, queue, "Parallel", [5]),
        ["Approval"] = DriveApprovalAsync,
        ["Limit"] = DriveLimitAsync,
        ["Patched"] = (client, queue) => ResultAsync(client, queue, "Patched", []),
        ["Parent"] = (client, queue) => ResultAsync(client, queue, "Parent", []),
        ["Again"] = (client, queue) => ResultAsync(client, queue, "Again", [2]),
        ["Failing"] = (client, queue) => FailureAsync(client, queue, "Failing", _ => Task.CompletedTask),
        ["CleansUp"] = (client, queue) => FailureAsync(client, queue, "CleansUp", CancelOnceStartedAsync),
        ["Stops"] = (client, queue) => ResultAsync(client, queue, "Stops", []),
        ["Notes"] = (client, queue) => ResultAsync(client, queue, "Notes", []),
        ["External"] = DriveExternalAsync,
        ["Labels"] = DriveLabelsAsync,
    };

    /// <summary>The programs that both SDKs have.</summary>
    public static IEnumerable<string> Names => Drives.Keys;

    /// <summary>Those, and the programs that only this SDK has.</summary>
    public static IEnumerable<string> AllNames => [.. Drives.Keys, .. OwnDrives.Keys];

    public static IEnumerable<Type> WorkflowTypes => Workflows;

    public static TemporalWorkerOptions WorkerOptions(string taskQueue)
    {
        TemporalWorkerOptions options = new TemporalWorkerOptions(taskQueue).AddAllActivities(typeof(InteropActivities), null);
        return Workflows.Aggregate(options, (so, workflow) => so.AddWorkflow(workflow));
    }

    public static WorkflowReplayer Replayer() => new(
        Workflows.Aggregate(new WorkflowReplayerOptions(), (so, workflow) => so.AddWorkflow(workflow)));

    /// <summary>Runs programs on the worker of a task queue.</summary>
    /// <returns>By name how each ended, and the history of its first run.</returns>
    public static async Task<IReadOnlyDictionary<string, (string End, WorkflowHistory History)>> RunAllAsync(
        ITemporalClient client, string taskQueue, IEnumerable<string> names)
    {
        ConcurrentDictionary<string, (string End, WorkflowHistory History)> runs = [];
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (name, _) =>
        {
            Func<ITemporalClient, string, Task<string>> drive = Drives.GetValueOrDefault(name) ?? OwnDrives[name];
            string[] run = (await drive(client, taskQueue).Within()).Split('|');
            runs[name] = (run[2], await client.GetWorkflowHandle(run[0], run[1]).FetchHistoryAsync().Within());
        });
        return runs;
    }

    private static Task<WorkflowHandle> StartAsync(ITemporalClient client, string taskQueue, string name, object?[] arguments) =>
        client.StartWorkflowAsync(name, arguments, new(RealServer.NewId(name), taskQueue));

    private static string Ended(WorkflowHandle handle, string end) => $"{handle.Id}|{handle.ResultRunId}|{end}";

    private static async Task<string> ResultAsync(ITemporalClient client, string taskQueue, string name, object?[] arguments)
    {
        WorkflowHandle handle = await StartAsync(client, taskQueue, name, arguments);
        return Ended(handle, await handle.GetResultAsync<string>());
    }

    private static async Task<string> FailureAsync(
        ITemporalClient client, string taskQueue, string name, Func<WorkflowHandle, Task> drive)
    {
        WorkflowHandle handle = await StartAsync(client, taskQueue, name, []);
        await drive(handle);
        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        return Ended(handle, $"{failed.InnerException!.GetType().Name}: {(failed.InnerException as ApplicationFailureException)?.Message}");
    }

    private static async Task CancelOnceStartedAsync(WorkflowHandle handle)
    {
        await FirstTaskDoneAsync(handle);
        await handle.CancelAsync();
    }

    private static async Task FirstTaskDoneAsync(WorkflowHandle handle)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while ((await handle.DescribeAsync()).HistoryLength < 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async Task<string> DriveApprovalAsync(ITemporalClient client, string taskQueue)
    {
        WorkflowHandle handle = await StartAsync(client, taskQueue, "Approval", []);
        await FirstTaskDoneAsync(handle);
        await handle.SignalAsync("approve", ["ann"]);
        Assert.Equal("ann", await handle.QueryAsync<string>("state", []));
        await handle.SignalAsync("approve", ["bob"]);
        return Ended(handle, await handle.GetResultAsync<string>());
    }

    private static async Task<string> DriveLimitAsync(ITemporalClient client, string taskQueue)
    {
        WorkflowHandle handle = await StartAsync(client, taskQueue, "Limit", []);
        Assert.Equal("limit 4", await handle.ExecuteUpdateAsync<string>("setLimit", [4]));
        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync("setLimit", [-1]));
        await Task.WhenAll(handle.ExecuteUpdateAsync("setLimit", [5]), handle.ExecuteUpdateAsync("setLimit", [1]));
        return Ended(handle, $"{await handle.GetResultAsync<int>()}");
    }
}
