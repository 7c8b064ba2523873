using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>What an order does, besides waiting to be shipped.</summary>
public sealed record OrderInput
{
    /// <summary>How long it waits before it is shipped.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>How often its payment fails first.</summary>
    public int FailedPayments { get; init; }

    /// <summary>How often it continues as a new run first.</summary>
    public int Continues { get; init; }

    /// <summary>Whether it waits until it is told to ship.</summary>
    public bool AwaitsShipment { get; init; }

    /// <summary>Whether it has a child of its own, which does the rest.</summary>
    public bool HasChild { get; init; }

    /// <summary>Whether it fails in the end.</summary>
    public bool Fails { get; init; }
}

/// <summary>A workflow that makes use of what servers offer, as its input says.</summary>
[Workflow("Order")]
public sealed class OrderWorkflow
{
    private readonly List<string> _notes = [];
    private bool _isShipped;

    [WorkflowRun]
    public async Task<string> RunAsync(OrderInput input)
    {
        if (input.Continues > 0)
        {
            OrderInput next = input with { Continues = input.Continues - 1 };
            throw Workflow.CreateContinueAsNewException((OrderWorkflow w) => w.RunAsync(next));
        }

        if (input.HasChild)
        {
            OrderInput rest = input with { HasChild = false };
            return await Workflow.ExecuteChildWorkflowAsync(
                (OrderWorkflow w) => w.RunAsync(rest), new() { Id = $"{Workflow.Info.WorkflowId}/child" });
        }

        await Workflow.DelayAsync(input.Wait);
        int attempt = await Workflow.ExecuteActivityAsync(
            (Payments p) => p.Pay(input.FailedPayments),
            new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(100), BackoffCoefficient = 1 },
            });
        await Workflow.WaitConditionAsync(() => _isShipped || !input.AwaitsShipment);
        return input.Fails
            ? throw new ApplicationFailureException("It was lost.", errorType: "LOST")
            : $"paid at try {attempt}; {string.Join(", ", _notes)}";
    }

    [WorkflowSignal]
    public Task NoteAsync(string note)
    {
        _notes.Add(note);
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public IReadOnlyList<string> Notes() => _notes;

    [WorkflowUpdate]
    public Task<int> ShipAsync(string where)
    {
        _notes.Add($"to {where}");
        _isShipped = true;
        return Task.FromResult(_notes.Count);
    }

    [WorkflowUpdateValidator(nameof(ShipAsync))]
    public void CheckShip(string where)
    {
        if (where.Length == 0)
        {
            throw new ApplicationFailureException("Where to?", errorType: "NOWHERE");
        }
    }
}

/// <summary>Takes money.</summary>
public sealed class Payments
{
    /// <summary>Fails that many times.</summary>
    /// <returns>The number of the try that went well, from 1.</returns>
    [Activity]
    public int Pay(int failures) => ActivityExecutionContext.Current.Info.Attempt is var attempt && attempt <= failures
        ? throw new ApplicationFailureException($"Declined {attempt}.", errorType: "DECLINED")
        : attempt;
}
