using Orchestrator.Workflows.ChangeControl;
using Temporalio.Workflows;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>A run with an open journal that never ends by itself.</summary>
[Workflow(Type)]
public sealed class OpenEndWorkflow
{
    public const string Type = "OpenEnd";

    [WorkflowRun]
    public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

    [WorkflowQuery(ChangeNames.StatusQuery)]
    public ChangeStatus Status() => new(
        "CHG-1",
        Type,
        new ChangeTarget("lab", "x"),
        ChangeState.Running,
        ChangeClass.Feature,
        ChangeTier.T2,
        "unverified:alice",
        null,
        default,
        "",
        null,
        null,
        [],
        null,
        null,
        [],
        [new JournalEntry("one", "takes one back", JournalState.Done, null)],
        null,
        [],
        null,
        null);
}
