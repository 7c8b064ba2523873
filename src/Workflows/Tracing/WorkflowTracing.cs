using System.Diagnostics;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tracing;

/// <summary>
/// What reaches a workflow. Signals and updates belong to the workflow's own trace and are linked to the one of their sender; a query,
/// which changes nothing, belongs to the trace of who asks.
/// </summary>
internal sealed class WorkflowTracing(WorkflowInboundInterceptor next) : WorkflowInboundInterceptor(next)
{
    private static ActivityContext Starter => TraceHeader.Read(Workflow.Info.Headers);

    private static string Type => Workflow.Info.WorkflowType;

    /// <inheritdoc/>
    public override void Init(WorkflowOutboundInterceptor outbound) => Next.Init(new WorkflowCallTracing(outbound));

    /// <inheritdoc/>
    public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
    {
        WorkflowSpan.Parent = WorkflowSpan.Mark($"RunWorkflow:{Type}", ActivityKind.Server, Starter);
        try
        {
            object? result = await Next.ExecuteWorkflowAsync(input);
            WorkflowSpan.Mark($"CompleteWorkflow:{Type}", ActivityKind.Internal, WorkflowSpan.Parent);
            return result;
        }
        catch (Exception e) when (e is not ContinueAsNewException)
        {
            Fail("CompleteWorkflow", Type, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task HandleSignalAsync(HandleSignalInput input)
    {
        WorkflowSpan.Parent = WorkflowSpan.Mark(
            $"HandleSignal:{input.Signal}", ActivityKind.Server, Starter, TraceHeader.Read(input.Headers));
        try
        {
            await Next.HandleSignalAsync(input);
        }
        catch (Exception e) when (e is not ContinueAsNewException)
        {
            Fail("CompleteWorkflow", Type, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override object? HandleQuery(HandleQueryInput input)
    {
        ActivityContext asker = TraceHeader.Read(input.Headers);
        if (asker == default)
        {
            return Next.HandleQuery(input);
        }

        return WorkflowSpan.Around($"HandleQuery:{input.Query}", ActivityKind.Server, asker, linked: default, span =>
        {
            try
            {
                return Next.HandleQuery(input);
            }
            catch (Exception e)
            {
                Span.Fail(span, e);
                throw;
            }
        });
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(HandleUpdateInput input)
    {
        ActivityContext sender = TraceHeader.Read(input.Headers);
        try
        {
            Next.ValidateUpdate(input);
            WorkflowSpan.Mark($"ValidateUpdate:{input.Update}", ActivityKind.Server, Starter, sender, input.Id);
        }
        catch (Exception e)
        {
            WorkflowSpan.Mark($"ValidateUpdate:{input.Update}", ActivityKind.Server, Starter, sender, input.Id, e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
    {
        WorkflowSpan.Parent = WorkflowSpan.Mark(
            $"HandleUpdate:{input.Update}", ActivityKind.Server, Starter, TraceHeader.Read(input.Headers), input.Id);
        try
        {
            return await Next.HandleUpdateAsync(input);
        }
        catch (Exception e) when (e is not ContinueAsNewException)
        {
            Fail("CompleteUpdate", input.Update, e);
            throw;
        }
    }

    // What is no failure of Temporal's does not end the workflow: it stops at this task, until other code takes it up.
    private static void Fail(string ending, string name, Exception failure)
    {
        string prefix = failure is FailureException or OperationCanceledException ? ending : "WorkflowTaskFailure";
        WorkflowSpan.Mark($"{prefix}:{name}", ActivityKind.Internal, WorkflowSpan.Parent, failure: failure);
    }
}
