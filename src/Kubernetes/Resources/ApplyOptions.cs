namespace Orchestrator.Kubernetes;

/// <summary>How to apply.</summary>
public sealed record ApplyOptions
{
    /// <summary>
    /// Takes over the fields that another field manager owns. Default: false, a conflict is an error that names the managers.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>Owner of the applied fields. Default: null, the <see cref="ClusterConnection.FieldManager"/>.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Checks and answers as if applied, and changes nothing. Default: false.</summary>
    public bool DryRun { get; init; }

    /// <summary>Part of the object to apply to, <c>status</c> or <c>scale</c>. Default: null, the object itself.</summary>
    public string? Subresource { get; init; }
}
