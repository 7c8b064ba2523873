namespace Temporalio.Client;

/// <summary>Options of one page of a listing.</summary>
public class WorkflowListPaginatedOptions : ICloneable
{
    /// <summary>The most workflows on the page. Default 0: what the server chooses.</summary>
    public int PageSize { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowListPaginatedOptions copy = (WorkflowListPaginatedOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
