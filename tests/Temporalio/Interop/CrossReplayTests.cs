using System.Diagnostics;
using System.Text.Json.Nodes;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Temporalio.Tests.Interop;

/// <summary>
/// The same programs on this SDK and on the official TypeScript SDK: they end the same, and each replays what the other has written.
/// With <c>RECORD_HISTORIES</c> set to a folder the histories are kept there, as <c>SDK.PROGRAM.json</c>.
/// </summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class CrossReplayTests(RealServer server)
{
    private readonly string _taskQueue = RealServer.NewId("queue");

    private TemporalClient Client => new(server.Connection, new());

    [TypeScriptFact]
    public async Task Programs_OnBothSdks_EndTheSameAndReplayInTheOther()
    {
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> theirs = await RunTheirsAsync();
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> ours = await RunOursAsync();
        Keep("typescript", theirs);
        Keep("csharp", ours);
        ours = ours.Where(run => theirs.ContainsKey(run.Key)).ToDictionary();
        Assert.Equal(
            theirs.ToDictionary(run => run.Key, run => run.Value.End), ours.ToDictionary(run => run.Key, run => run.Value.End));
        Assert.Equal(NoFailures, await ReplayHereAsync(theirs));
        Assert.Equal(NoFailures, await ReplayHereAsync(ours));
        Assert.Equal(NoFailures, await ReplayThereAsync(ours));
    }

    private static Dictionary<string, string?> NoFailures => InteropPrograms.Names.ToDictionary(name => name, _ => (string?)null);

    private static async Task<Dictionary<string, string?>> ReplayHereAsync(
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> runs)
    {
        Dictionary<string, string?> failures = [];
        foreach ((string name, (string _, WorkflowHistory history)) in runs)
        {
            WorkflowReplayResult result = await InteropPrograms.Replayer()
                .ReplayWorkflowAsync(WorkflowHistory.FromJson(history.Id, history.ToJson()), throwOnReplayFailure: false).Within();
            failures[name] = result.ReplayFailure?.Message;
        }

        return failures;
    }

    private static async Task<Dictionary<string, string?>> ReplayThereAsync(
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> runs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("temporalio-histories-");
        try
        {
            foreach ((string name, (string _, WorkflowHistory history)) in runs)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.json"), history.ToJson());
            }

            return new(await TypeScriptSdk.ReplayAsync(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Keep(string sdk, IReadOnlyDictionary<string, (string End, WorkflowHistory History)> runs)
    {
        if (Environment.GetEnvironmentVariable("RECORD_HISTORIES") is not { } folder)
        {
            return;
        }

        foreach ((string name, (string _, WorkflowHistory history)) in runs)
        {
            JsonNode json = JsonNode.Parse(history.ToJson())!;
            Anonymize(json);
            File.WriteAllText(Path.Combine(folder, $"{sdk}.{name}.json"), $"{json.ToJsonString()}\n");
        }
    }

    // Where a history was recorded is nobody's concern, and replays do not look at it.
    private static void Anonymize(JsonNode? json)
    {
        foreach (JsonNode? item in json as JsonArray ?? [])
        {
            Anonymize(item);
        }

        foreach ((string name, JsonNode? value) in (json as JsonObject ?? []).ToArray())
        {
            if (name is "stackTrace" or "identity" || IsStickyQueue(name, value))
            {
                json![name] = "recorded";
            }
            else
            {
                Anonymize(value);
            }
        }
    }

    // Its name begins with the worker's identity: process@host.
    private static bool IsStickyQueue(string name, JsonNode? value) =>
        name == "name" && value is JsonValue text && text.TryGetValue(out string? queue) && queue.Contains('@', StringComparison.Ordinal);

    private async Task<IReadOnlyDictionary<string, (string End, WorkflowHistory History)>> RunTheirsAsync()
    {
        string taskQueue = RealServer.NewId("queue");
        using Process worker = await TypeScriptSdk.StartWorkerAsync(server.Address, taskQueue);
        try
        {
            IReadOnlyDictionary<string, (string End, WorkflowHistory History)> runs = await InteropPrograms.RunAllAsync(Client, taskQueue, InteropPrograms.Names);
            worker.StandardInput.Close();
            await worker.WaitForExitAsync().Within();
            return runs;
        }
        finally
        {
            if (!worker.HasExited)
            {
                worker.Kill(entireProcessTree: true);
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, (string End, WorkflowHistory History)>> RunOursAsync()
    {
        using TemporalWorker worker = new(Client, InteropPrograms.WorkerOptions(_taskQueue));
        return await worker.ExecuteAsync(() => InteropPrograms.RunAllAsync(Client, _taskQueue, InteropPrograms.AllNames));
    }
}
