using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>Handlers that are set at run time, and signals that came before them.</summary>
[Workflow("Handlers")]
public sealed class HandlersWorkflow
{
    private readonly List<string> _got = [];

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Calls.EchoAsync("before the handlers");
        Workflow.Signals["add"] = WorkflowSignalDefinition.CreateWithoutAttribute("add", (string text) =>
        {
            _got.Add(text);
            return Task.CompletedTask;
        });
        Workflow.DynamicSignal = WorkflowSignalDefinition.CreateWithoutAttribute(null, (string name, IRawValue[] _) =>
        {
            _got.Add($"any {name}");
            return Task.CompletedTask;
        });
        Workflow.Queries["got"] = WorkflowQueryDefinition.CreateWithoutAttribute("got", () => string.Join(' ', _got));
        Workflow.Updates["end"] = WorkflowUpdateDefinition.CreateWithoutAttribute("end", async (string text) =>
        {
            await Workflow.DelayAsync(5);
            _got.Add(text);
            return _got.Count;
        });
        Workflow.CurrentDetails = "waits for **end**";
        await Workflow.WaitConditionAsync(() => _got.Contains("end"));
        return string.Join(' ', _got);
    }
}
