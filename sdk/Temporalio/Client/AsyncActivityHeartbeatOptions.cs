namespace Temporalio.Client;

/// <summary>Options of a heartbeat from outside.</summary>
public class AsyncActivityHeartbeatOptions : ICloneable
{
    /// <summary>Values that are recorded. Default null: none.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        AsyncActivityHeartbeatOptions copy = (AsyncActivityHeartbeatOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
