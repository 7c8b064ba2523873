using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Temporalio.Telemetry;

/// <summary>Traces the calls of a client, and sends the trace along.</summary>
/// <param name="next">What makes the calls.</param>
internal sealed class TracingClientOutbound(ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
{
    public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
    {
        string call = input.Options.StartSignal is null ? "StartWorkflow" : "SignalWithStartWorkflow";
        return TraceAsync(
            $"{call}:{input.Workflow}",
            input.Options.Id,
            context => Next.StartWorkflowAsync<TWorkflow, TResult>(input with { Headers = SdkTracing.Inject(context, input.Headers) }));
    }

    public override Task SignalWorkflowAsync(SignalWorkflowInput input) => TraceAsync<object?>(
        $"SignalWorkflow:{input.Signal}",
        input.Id,
        async context =>
        {
            await Next.SignalWorkflowAsync(input with { Headers = SdkTracing.Inject(context, input.Headers) });
            return null;
        });

    public override Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input) => TraceAsync(
        $"QueryWorkflow:{input.Query}",
        input.Id,
        context => Next.QueryWorkflowAsync<TResult>(input with { Headers = SdkTracing.Inject(context, input.Headers) }));

    public override Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input) => TraceAsync(
        $"UpdateWorkflow:{input.Update}",
        input.Id,
        context => Next.StartWorkflowUpdateAsync<TResult>(input with { Headers = SdkTracing.Inject(context, input.Headers) }));

    public override Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input) => TraceAsync(
        $"UpdateWithStartWorkflow:{input.Update}",
        workflowId: null,
        context => Next.StartUpdateWithStartWorkflowAsync<TUpdateResult>(input with { Headers = SdkTracing.Inject(context, input.Headers) }));

    private static async Task<T> TraceAsync<T>(string name, string? workflowId, Func<ActivityContext, Task<T>> call)
    {
        using Activity? activity = SdkTracing.Client.StartActivity(name, ActivityKind.Client);
        activity?.SetTag("temporalWorkflowID", workflowId);
        try
        {
            // Without a span of its own the call still belongs to the caller's trace.
            return await call((activity ?? Activity.Current)?.Context ?? default);
        }
        catch (Exception e)
        {
            activity.Fail(e);
            throw;
        }
    }
}
