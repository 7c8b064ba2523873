namespace Temporalio.Client;

/// <summary>Pings that find out whether a quiet connection still stands.</summary>
public class KeepAliveOptions : ICloneable
{
    /// <summary>How long a connection is quiet before it is pinged. Default 30 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer may take before the connection is given up. Default 15 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();
}
