namespace Temporalio.Client;

/// <summary>Options of a signal.</summary>
public class WorkflowSignalOptions : ICloneable
{
    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowSignalOptions copy = (WorkflowSignalOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
