namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>How the pods' Jolokia agents are reached. Credentials are references (<see cref="Secrets.SecretReference.Form"/>), never values.</summary>
public sealed class JolokiaSecurityOptions
{
    /// <summary>Whether they speak TLS; a certificate must then be for the pod's DNS name. Default: false.</summary>
    public bool Tls { get; set; }

    /// <summary>With TLS: the authorities to trust, PEM. Default: null, those of the machine.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>A bearer token. Default: null, none.</summary>
    public string? Token { get; set; }

    /// <summary>The name to log in with. Default: null, no login.</summary>
    public string? Username { get; set; }

    /// <summary>The password to it. Default: null.</summary>
    public string? Password { get; set; }
}
