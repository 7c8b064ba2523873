using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>A child that only answers.</summary>
[Workflow]
public sealed class NotifyWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string cluster) => Task.FromResult($"told of {cluster}");
}
