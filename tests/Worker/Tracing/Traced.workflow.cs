using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Worker.Tests.Tracing;

/// <summary>Calls an activity, starts a child, and waits for a signal and an update that calls an activity too.</summary>
[Workflow]
public sealed class TracedWorkflow
{
    private static readonly ActivityOptions Once = new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(10),
        RetryPolicy = new() { MaximumAttempts = 1 },
    };

    private bool _signalled;
    private bool _answered;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        string first = await Workflow.ExecuteActivityAsync(() => TracedActivities.Look("first"), Once);
        string child = await Workflow.ExecuteChildWorkflowAsync(
            (TracedChildWorkflow workflow) => workflow.RunAsync(false));
        await Workflow.WaitConditionAsync(() => _signalled && _answered);
        return $"{first} {child}";
    }

    [WorkflowSignal]
    public Task NudgeAsync()
    {
        _signalled = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public async Task<string> AnswerAsync(string text)
    {
        string seen = await Workflow.ExecuteActivityAsync(() => TracedActivities.Look(text), Once);
        _answered = true;
        return seen;
    }

    [WorkflowUpdateValidator(nameof(AnswerAsync))]
    public void ValidateAnswer(string text)
    {
        if (text.Length == 0)
        {
            throw new ApplicationFailureException("The answer is empty.");
        }
    }

    [WorkflowQuery]
    public bool Answered() => _answered;
}

/// <summary>Runs twice, the second time as a continuation, and then fails its activity.</summary>
[Workflow]
public sealed class TracedChildWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(bool continued)
    {
        if (!continued)
        {
            throw Workflow.CreateContinueAsNewException((TracedChildWorkflow workflow) => workflow.RunAsync(true));
        }

        try
        {
            await Workflow.ExecuteActivityAsync(
                () => TracedActivities.Fail(),
                new() { StartToCloseTimeout = TimeSpan.FromSeconds(10), RetryPolicy = new() { MaximumAttempts = 1 } });
        }
        catch (ActivityFailureException)
        {
            return "failed";
        }

        return "done";
    }
}

/// <summary>The activities of both.</summary>
public static class TracedActivities
{
    /// <summary>Tells what it was given, and the span that it runs in.</summary>
    [Activity]
    public static string Look(string what) => $"{what}@{System.Diagnostics.Activity.Current?.SpanId}";

    [Activity]
    public static void Fail() => throw new ApplicationFailureException("It is broken.", nonRetryable: true);
}
