namespace Orchestrator.Activities.Kafka.Security;

/// <summary>
/// How the clients of a cluster's Kafka prove who they are, and whom they trust. Every field but the first two is a reference to a value
/// (<see cref="Secrets.SecretReference.Form"/>), never the value; it is read again for each call.
/// </summary>
public sealed class KafkaSecurityOptions
{
    /// <summary><c>PLAINTEXT</c>, <c>SSL</c>, <c>SASL_PLAINTEXT</c> or <c>SASL_SSL</c>. Default: PLAINTEXT.</summary>
    public string Protocol { get; set; } = "PLAINTEXT";

    /// <summary>
    /// With SASL: <c>PLAIN</c>, <c>SCRAM-SHA-256</c>, <c>SCRAM-SHA-512</c> or <c>OAUTHBEARER</c>. Default: null, no SASL.
    /// </summary>
    public string? Mechanism { get; set; }

    /// <summary>The name to log in with; with PLAIN and SCRAM. Default: null.</summary>
    public string? Username { get; set; }

    /// <summary>The password to it. Default: null.</summary>
    public string? Password { get; set; }

    /// <summary>With OAUTHBEARER: the token, a JWT. Default: null.</summary>
    public string? Token { get; set; }

    /// <summary>With TLS: the authorities to trust, PEM. Default: null, those of the machine.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>With TLS: the client's certificate with its intermediates, PEM. Default: null, none is shown.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key to it, PEM. Default: null.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>The password of an encrypted private key. Default: null.</summary>
    public string? PrivateKeyPassword { get; set; }
}
