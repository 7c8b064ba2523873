using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>
/// A workflow that waits for a month, and then for an activity that fails twice, an hour and two hours before its next try.
/// </summary>
[Workflow("Patient")]
public sealed class PatientWorkflow
{
    private string _stage = "begun";

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        DateTime begun = Workflow.UtcNow;
        await Workflow.DelayAsync(TimeSpan.FromDays(30));
        _stage = "waited";
        int attempt = await Workflow.ExecuteActivityAsync(
            (Payments payments) => payments.Pay(2),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromMinutes(1),
                RetryPolicy = new() { InitialInterval = TimeSpan.FromHours(1), BackoffCoefficient = 2 },
            });
        return $"try {attempt} after {(int)(Workflow.UtcNow - begun).TotalHours} h";
    }

    [WorkflowQuery]
    public string Stage() => _stage;
}

/// <summary>A workflow that gives an activity of moments an hour.</summary>
[Workflow("Hurry")]
public sealed class HurryWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Task<string> work = Workflow.ExecuteActivityAsync<string>("Work", [], new() { StartToCloseTimeout = TimeSpan.FromMinutes(30) });
        Task late = Workflow.DelayAsync(TimeSpan.FromHours(1));
        return await Workflow.WhenAnyAsync(work, late) == work ? await work : "late";
    }
}
