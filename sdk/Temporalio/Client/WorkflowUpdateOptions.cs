namespace Temporalio.Client;

/// <summary>Options of an update.</summary>
public class WorkflowUpdateOptions : ICloneable
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowUpdateOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="id">The update id; one id runs once in a workflow run.</param>
    public WorkflowUpdateOptions(string id) => Id = id;

    /// <summary>The update id; one id runs once in a workflow run. Default null: a random one.</summary>
    public string? Id { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowUpdateOptions copy = (WorkflowUpdateOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
