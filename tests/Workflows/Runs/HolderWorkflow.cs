using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>Queues for a lock, and remembers the tokens that a guard tells it.</summary>
[Workflow(Type)]
public sealed class HolderWorkflow
{
    public const string Type = "Holder";

    private readonly List<long> _tokens = [];

    [WorkflowRun]
    public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

    [WorkflowSignal(LockNames.GrantedSignal)]
    public Task GrantedAsync(LockGrant grant)
    {
        _tokens.Add(grant.Epoch);
        return Task.CompletedTask;
    }

    [WorkflowQuery("tokens")]
    public IReadOnlyList<long> Tokens() => [.. _tokens];
}
