using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tracing;

/// <summary>What a workflow sets going: each call gets a span, and the header that makes what it starts a child of that span.</summary>
internal sealed class WorkflowCallTracing(WorkflowOutboundInterceptor next) : WorkflowOutboundInterceptor(next)
{
    /// <inheritdoc/>
    public override Task<TResult> ScheduleActivityAsync<TResult>(ScheduleActivityInput input) =>
        Next.ScheduleActivityAsync<TResult>(input with { Headers = Mark($"StartActivity:{input.Activity}", input.Headers) });

    /// <inheritdoc/>
    public override Task<TResult> ScheduleLocalActivityAsync<TResult>(ScheduleLocalActivityInput input) =>
        Next.ScheduleLocalActivityAsync<TResult>(input with { Headers = Mark($"StartActivity:{input.Activity}", input.Headers) });

    /// <inheritdoc/>
    public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        StartChildWorkflowInput input) =>
        Next.StartChildWorkflowAsync<TWorkflow, TResult>(
            input with { Headers = Mark($"StartChildWorkflow:{input.Workflow}", input.Headers) });

    /// <inheritdoc/>
    public override Task SignalChildWorkflowAsync(SignalChildWorkflowInput input) =>
        Next.SignalChildWorkflowAsync(input with { Headers = Mark($"SignalChildWorkflow:{input.Signal}", input.Headers) });

    /// <inheritdoc/>
    public override Task SignalExternalWorkflowAsync(SignalExternalWorkflowInput input) =>
        Next.SignalExternalWorkflowAsync(input with { Headers = Mark($"SignalExternalWorkflow:{input.Signal}", input.Headers) });

    /// <inheritdoc/>
    public override ContinueAsNewException CreateContinueAsNewException(CreateContinueAsNewExceptionInput input) =>
        Next.CreateContinueAsNewException(input with { Headers = TraceHeader.With(input.Headers, WorkflowSpan.Parent) });

    private static IDictionary<string, Payload>? Mark(string name, IDictionary<string, Payload>? headers) =>
        TraceHeader.With(headers, WorkflowSpan.Mark(name, ActivityKind.Client, WorkflowSpan.Parent));
}
