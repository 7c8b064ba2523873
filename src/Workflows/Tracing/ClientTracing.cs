using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Orchestrator.Workflows.Tracing;

/// <summary>A span around each call of a client that makes a workflow run code.</summary>
internal sealed class ClientTracing(ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
{
    /// <inheritdoc/>
    public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input) => TraceAsync(
        $"{(input.Options.StartSignal is null ? "StartWorkflow" : "SignalWithStartWorkflow")}:{input.Workflow}",
        input.Headers,
        input.Options.Id,
        updateId: null,
        headers => Next.StartWorkflowAsync<TWorkflow, TResult>(input with { Headers = headers }));

    /// <inheritdoc/>
    public override Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input)
    {
        WithStartWorkflowOperation? start = input.Options.StartWorkflowOperation;
        return start is null ? Next.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input) : TraceAsync(
            $"UpdateWithStartWorkflow:{start.Workflow}",
            input.Headers,
            start.Options.Id,
            input.Options.Id,
            headers =>
            {
                start.Headers = TraceHeader.With(start.Headers, Activity.Current?.Context ?? default);
                return Next.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input with { Headers = headers });
            });
    }

    /// <inheritdoc/>
    public override Task SignalWorkflowAsync(SignalWorkflowInput input) => TraceAsync(
        $"SignalWorkflow:{input.Signal}",
        input.Headers,
        input.Id,
        updateId: null,
        async headers =>
        {
            await Next.SignalWorkflowAsync(input with { Headers = headers });
            return true;
        });

    /// <inheritdoc/>
    public override Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input) => TraceAsync(
        $"UpdateWorkflow:{input.Update}",
        input.Headers,
        input.Id,
        input.Options.Id,
        headers => Next.StartWorkflowUpdateAsync<TResult>(input with { Headers = headers }));

    // Who watches a workflow asks it every second: a query is part of somebody's trace, or of none.
    /// <inheritdoc/>
    public override Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) =>
        Activity.Current is null ? Next.QueryWorkflowAsync<TResult>(input) : TraceAsync(
            $"QueryWorkflow:{input.Query}",
            input.Headers,
            input.Id,
            updateId: null,
            headers => Next.QueryWorkflowAsync<TResult>(input with { Headers = headers }));

    private static async Task<T> TraceAsync<T>(
        string name,
        IDictionary<string, Payload>? headers,
        string? workflowId,
        string? updateId,
        Func<IDictionary<string, Payload>?, Task<T>> call)
    {
        using Activity? span = Span.Source.StartActivity(name, ActivityKind.Client);
        span?.SetTag(Span.WorkflowId, workflowId);
        span?.SetTag(Span.UpdateId, updateId);
        try
        {
            return await call(TraceHeader.With(headers, Activity.Current?.Context ?? default));
        }
        catch (Exception e)
        {
            Span.Fail(span, e);
            throw;
        }
    }
}
