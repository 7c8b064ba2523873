namespace Temporalio.Client;

/// <summary>TLS of a connection. All certificates and keys are the bytes of PEM texts.</summary>
public class TlsOptions : ICloneable
{
    /// <summary>The client's certificate, with its intermediates, for mutual TLS. Default null: none.</summary>
    public byte[]? ClientCert { get; set; }

    /// <summary>The private key of the client's certificate.</summary>
    public byte[]? ClientPrivateKey { get; set; }

    /// <summary>Whether TLS is off even where an API key would turn it on. Default false.</summary>
    public bool Disabled { get; set; }

    /// <summary>The name that the server's certificate must be for. Default null: the host that is connected to.</summary>
    public string? Domain { get; set; }

    /// <summary>The certificates that the server's must be signed by. Default null: those that the system trusts.</summary>
    public byte[]? ServerRootCACert { get; set; }

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();
}
