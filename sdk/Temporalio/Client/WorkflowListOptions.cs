namespace Temporalio.Client;

/// <summary>Options of a listing.</summary>
public class WorkflowListOptions : ICloneable
{
    /// <summary>The most workflows that are given. Default 0: all.</summary>
    public int Limit { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowListOptions copy = (WorkflowListOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
