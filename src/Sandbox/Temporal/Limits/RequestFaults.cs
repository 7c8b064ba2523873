using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>What of a request is too long or too large, in the words of the real server; null where nothing is.</summary>
internal static class RequestFaults
{
    public static string? Of(StartWorkflowExecutionRequest request) =>
        TooLong("WorkflowId", request.WorkflowId)
        ?? (Sizes.IsTooLong(request.WorkflowType?.Name) ? "WorkflowType length exceeds limit."
        : Sizes.IsTooLong(request.TaskQueue?.Name) ? "taskQueue length exceeds limit"
        : Sizes.IsTooLong(request.RequestId) ? "RequestId length exceeds limit."
        : OfBlob(request.Input)
            ?? (Sizes.IsTooLarge(request.Memo) ? "Memo size exceeds limit." : Sizes.Fault(request.SearchAttributes)));

    public static string? Of(SignalWithStartWorkflowExecutionRequest request) =>
        TooLong("signal name", request.SignalName) ?? OfBlob(request.SignalInput);

    public static string? Of(SignalWorkflowExecutionRequest request) =>
        Sizes.IsTooLong(request.SignalName) ? "SignalName length exceeds limit."
        : Sizes.IsTooLong(request.RequestId) ? "RequestId length exceeds limit."
        : OfBlob(request.Input);

    public static string? Of(QueryWorkflowRequest request) => OfBlob(request.Query?.QueryArgs);

    public static string? Of(UpdateWorkflowExecutionRequest request) =>
        Sizes.IsTooLong(request.Request?.Meta?.UpdateId) ? "UpdateId length exceeds limit." : null;

    // A schedule is a workflow of the server's own, with this before its id.
    public static string? Of(CreateScheduleRequest request) => TooLong("WorkflowId", $"temporal-sys-scheduler:{request.ScheduleId}");

    private static string? TooLong(string what, string id) =>
        Sizes.IsTooLong(id) ? $"{what} exceeds maximum allowed length ({Sizes.Bytes(id)}/{Sizes.Id})" : null;

    private static string? OfBlob(Payloads? blob) => Sizes.IsTooLarge(blob) ? "Blob data size exceeds limit." : null;
}
