namespace Temporalio.Client;

/// <summary>The compression of messages.</summary>
public abstract record GrpcCompression
{
    private GrpcCompression()
    {
    }

    /// <summary>
    /// Messages of 1 KiB and more are compressed with gzip, and so are histories that are fetched. The server must know gzip.
    /// </summary>
    public sealed record Gzip() : GrpcCompression;

    /// <summary>Nothing is compressed.</summary>
    public sealed record None() : GrpcCompression;
}
