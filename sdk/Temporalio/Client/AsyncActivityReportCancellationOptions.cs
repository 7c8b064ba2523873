namespace Temporalio.Client;

/// <summary>Options of reporting an activity as cancelled from outside.</summary>
public class AsyncActivityReportCancellationOptions : ICloneable
{
    /// <summary>Values that are recorded. Default null: none.</summary>
    public IReadOnlyCollection<object?>? Details { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        AsyncActivityReportCancellationOptions copy = (AsyncActivityReportCancellationOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
