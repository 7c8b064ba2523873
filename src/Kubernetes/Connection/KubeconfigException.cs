namespace Orchestrator.Kubernetes;

/// <summary>
/// The user's connection settings cannot be used; the message is one sentence that names the file and what is missing in it.
/// </summary>
public sealed class KubeconfigException : Exception
{
    /// <summary>Makes the error from its sentence.</summary>
    public KubeconfigException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
