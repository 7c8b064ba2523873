namespace Temporalio.Client;

/// <summary>Options of a call to the server.</summary>
public class RpcOptions : ICloneable
{
    /// <summary>Binary headers; their names end in <c>-bin</c>. They win over those of the connection.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? BinaryMetadata { get; set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>Headers. They win over those of the connection.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? Metadata { get; set; }

    /// <summary>Whether the call is repeated when it failed for a passing reason. Default: calls of the client are, raw calls are not.</summary>
    public bool? Retry { get; set; }

    /// <summary>How long each try may take. Default 30 s, and 70 s for calls that wait on the server.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();

    /// <summary>A copy that is also cancelled by this token. The source, if there is one, is for the caller to dispose.</summary>
    public Tuple<RpcOptions, CancellationTokenSource?> WithAdditionalCancellationToken(CancellationToken? cancellationToken)
    {
        RpcOptions copy = (RpcOptions)Clone();
        if (cancellationToken is not { } added)
        {
            return new(copy, null);
        }

        if (CancellationToken is not { } own)
        {
            copy.CancellationToken = added;
            return new(copy, null);
        }

        CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(own, added);
        copy.CancellationToken = linked.Token;
        return new(copy, linked);
    }
}
