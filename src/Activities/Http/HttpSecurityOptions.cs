namespace Orchestrator.Activities.Http;

/// <summary>
/// Who asks HTTP servers of a cluster, and whom they trust. Credentials are references (<see cref="Secrets.SecretReference.Form"/>),
/// never values.
/// </summary>
public class HttpSecurityOptions
{
    /// <summary>With TLS: the authorities to trust, PEM. Default: null, those of the machine.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>A bearer token. Default: null, none.</summary>
    public string? Token { get; set; }

    /// <summary>The name to log in with. Default: null, no login.</summary>
    public string? Username { get; set; }

    /// <summary>The password to it. Default: null.</summary>
    public string? Password { get; set; }
}
