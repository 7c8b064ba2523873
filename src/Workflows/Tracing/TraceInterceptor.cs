using Temporalio.Client.Interceptors;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Workflows.Tracing;

/// <summary>
/// Carries a trace from a client through workflows, activities and children, with the header and the names of spans of Temporal's own
/// extension for OpenTelemetry. Set on a client, it serves the client's workers too. Without a listener to <see cref="SourceName"/> it
/// makes no span and hands on the trace that it was given.
/// <para>
/// A workflow outlives processes and a span does not: the spans of a workflow are points in time, made when its code first comes by and
/// never on replay. After a replay in another process, further spans have the span as their parent that started the workflow.
/// </para>
/// </summary>
public sealed class TraceInterceptor : IClientInterceptor, IWorkerInterceptor
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/> of all spans.</summary>
    public const string SourceName = "Orchestrator.Tracing";

    /// <inheritdoc/>
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new ClientTracing(nextInterceptor);

    /// <inheritdoc/>
    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) => new WorkflowTracing(nextInterceptor);

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new ActivityTracing(nextInterceptor);
}
