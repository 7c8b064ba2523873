namespace Temporalio.Client;

/// <summary>How calls that failed for a passing reason are repeated.</summary>
public class RpcRetryOptions : ICloneable
{
    /// <summary>Time before the first repetition. Default 100 ms.</summary>
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How far an interval is varied by chance, as a fraction. Default 0.2.</summary>
    public float RandomizationFactor { get; set; } = 0.2F;

    /// <summary>Factor from one interval to the next. Default 1.5.</summary>
    public float Multiplier { get; set; } = 1.5F;

    /// <summary>The longest interval. Default 5 s.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>No repetition starts after this time. Default 10 s; null for no limit.</summary>
    public TimeSpan? MaxElapsedTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is repeated at most. Default 10.</summary>
    public int MaxRetries { get; set; } = 10;

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();
}
