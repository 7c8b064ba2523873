namespace Temporalio.Client;

/// <summary>Options of completing an activity from outside.</summary>
public class AsyncActivityCompleteOptions : ICloneable
{
    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        AsyncActivityCompleteOptions copy = (AsyncActivityCompleteOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
