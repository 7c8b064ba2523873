namespace Orchestrator.Activities.Secrets;

/// <summary>A secret value could not be read. The text names the reference, and never holds anything of a value.</summary>
/// <param name="reference">Where it was to be read.</param>
/// <param name="reason">Why it could not, in one sentence.</param>
/// <param name="inner">The client's error.</param>
public sealed class SecretUnreadableException(SecretReference reference, string reason, Exception? inner = null)
    : Exception($"Could not read {reference}: {reason}", inner)
{
    /// <summary>Where it was to be read.</summary>
    public SecretReference Reference { get; } = reference;

    /// <summary>Why it could not, in one sentence.</summary>
    public string Reason { get; } = reason;
}
