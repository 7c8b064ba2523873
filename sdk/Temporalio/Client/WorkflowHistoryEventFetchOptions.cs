using Temporalio.Api.Enums.V1;

namespace Temporalio.Client;

/// <summary>Options of fetching events.</summary>
public class WorkflowHistoryEventFetchOptions : ICloneable
{
    /// <summary>Which events are fetched. Default: all.</summary>
    public HistoryEventFilterType EventFilterType { get; set; } = HistoryEventFilterType.AllEvent;

    /// <summary>Whether archived histories are left out. Default false.</summary>
    public bool SkipArchival { get; set; }

    /// <summary>Whether fetching goes on, waiting for new events, until the workflow is closed. Default false.</summary>
    public bool WaitNewEvent { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowHistoryEventFetchOptions copy = (WorkflowHistoryEventFetchOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
