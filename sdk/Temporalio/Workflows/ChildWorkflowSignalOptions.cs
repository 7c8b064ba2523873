namespace Temporalio.Workflows;

/// <summary>How a workflow signals a child.</summary>
public class ChildWorkflowSignalOptions : ICloneable
{
    /// <summary>Drops the signal if it is cancelled before the signal is sent. Default: the workflow's own token.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
