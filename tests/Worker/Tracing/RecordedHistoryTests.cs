using System.Text.Json.Nodes;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.Tracing;
using Temporalio.Common;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Orchestrator.Worker.Tests.Tracing;

/// <summary>Runs that began before there were traces go on under the interceptor.</summary>
[Collection(Spans.OneAtATime)]
public sealed class RecordedHistoryTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recorded");

    public static TheoryData<string> Recorded =>
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task RecordedHistory_ReplayedUnderTheInterceptor_GivesTheSameCommandsAndNoSpan(string file)
    {
        string json = await File.ReadAllTextAsync(Path.Combine(Folder, file));
        JsonNode started = JsonNode.Parse(json)!["events"]![0]!["workflowExecutionStartedEventAttributes"]!;
        // Debug mode: a machine that is busy for two seconds is no deadlock of the workflow.
        WorkflowReplayerOptions options = new() { Interceptors = [new TraceInterceptor()], DebugMode = true };
        foreach (Type workflow in typeof(ProcedureCatalogue).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WorkflowAttribute), false)))
        {
            options.AddWorkflow(workflow);
        }

        using Spans spans = new();
        string id = (string)started["workflowId"]!;
        await new WorkflowReplayer(options).ReplayWorkflowAsync(WorkflowHistory.FromJson(id, json));

        Assert.DoesNotContain(spans.Ended, span => (string?)span.GetTagItem("temporalWorkflowID") == id);
    }
}
