using Temporalio.Api.Enums.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A page of a history.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run; null for the current one.</param>
/// <param name="PageSize">The most events on the page; null for what the server chooses.</param>
/// <param name="NextPageToken">The token of the page; null for the first.</param>
/// <param name="WaitNewEvent">Whether to wait for an event when there is none yet.</param>
/// <param name="EventFilterType">Which events are fetched.</param>
/// <param name="SkipArchival">Whether archived histories are left out.</param>
/// <param name="Rpc">Options of the call.</param>
public record FetchWorkflowHistoryEventPageInput(
    string Id,
    string? RunId,
    int? PageSize,
    byte[]? NextPageToken,
    bool WaitNewEvent,
    HistoryEventFilterType EventFilterType,
    bool SkipArchival,
    RpcOptions? Rpc);
