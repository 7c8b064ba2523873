namespace Temporalio.Client;

/// <summary>Options of a count.</summary>
public class WorkflowCountOptions : ICloneable
{
    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowCountOptions copy = (WorkflowCountOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
