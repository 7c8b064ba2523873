using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How a run continues as new. What is not set is carried over from the present run.</summary>
public class ContinueAsNewOptions : ICloneable
{
    /// <summary>How long the first task of the new run is held back. Default: not at all.</summary>
    public TimeSpan? BackoffStartInterval { get; set; }

    /// <summary>Which deployment version the new run starts on. Default: that of the present run.</summary>
    public InitialVersioningBehavior? InitialVersioningBehavior { get; set; }

    /// <summary>Values that are listed with the new run, in place of the present ones. Default: carried over.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>How the server retries the new run. Default: carried over.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>The longest time of the new run. Default: carried over.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>The task queue of the new run. Default: carried over.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>The longest time of one workflow task. Default: carried over.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Search attributes of the new run, in place of the present ones. Default: carried over.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Which build may run the new run, for workers versioned by build id.</summary>
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
