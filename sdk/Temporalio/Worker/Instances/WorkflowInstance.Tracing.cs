using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Telemetry;

namespace Temporalio.Worker.Instances;

/// <content>Traces. A replay makes no spans, and goes on with the trace that the run was started with.</content>
internal sealed partial class WorkflowInstance
{
    private ActivityContext _trace;

    /// <summary>What a call sends along so that it is traced; null if the run is not.</summary>
    /// <param name="call">What is done: <c>StartActivity:restart</c>.</param>
    internal Header? TraceCall(string call)
    {
        if (IsReplaying || (_trace == default && !SdkTracing.Workflow.HasListeners()))
        {
            return null;
        }

        ActivityContext context = Trace(call, ActivityKind.Client);
        return context == default ? null : new() { Fields = { [SdkTracing.HeaderKey] = SdkTracing.HeaderOf(context) } };
    }

    private void TraceStart()
    {
        _trace = SdkTracing.Extract(Info.Headers);
        if (!IsReplaying && SdkTracing.Workflow.HasListeners())
        {
            _trace = Trace($"RunWorkflow:{Info.WorkflowType}", ActivityKind.Server);
        }
    }

    private ActivityContext Trace(string name, ActivityKind kind)
    {
        using Activity? activity = SdkTracing.Workflow.StartActivity(name, kind, _trace);
        activity?.SetTag("temporalWorkflowID", Info.WorkflowId).SetTag("temporalRunID", Info.RunId);
        return activity?.Context ?? _trace;
    }
}
