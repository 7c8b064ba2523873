namespace Orchestrator.Kubernetes;

/// <summary>What one call shows to the server; with a time at which it is over, if the giver named one.</summary>
internal sealed record Credential(string? Token, string? ClientCertificate, string? ClientKey)
{
    public DateTimeOffset? ExpiresAt { get; init; }

    public override string ToString() => "credential";
}
