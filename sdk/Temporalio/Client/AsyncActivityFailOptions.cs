namespace Temporalio.Client;

/// <summary>Options of failing an activity from outside.</summary>
public class AsyncActivityFailOptions : ICloneable
{
    /// <summary>What the next attempt gets as heartbeat details. Default null: what was last recorded.</summary>
    public IReadOnlyCollection<object?>? LastHeartbeatDetails { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        AsyncActivityFailOptions copy = (AsyncActivityFailOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
