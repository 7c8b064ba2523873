using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Temporalio.Client.Transport;

/// <summary>TLS options in PEM as the runtime takes them.</summary>
internal static class TlsCredentials
{
    /// <summary>Reads the PEM texts.</summary>
    /// <exception cref="ArgumentException">A text cannot be read, or of client certificate and key one is missing.</exception>
    public static SslClientAuthenticationOptions Create(TlsOptions options)
    {
        if (options.ClientCert is null != options.ClientPrivateKey is null)
        {
            throw new ArgumentException(
                "A client certificate needs its private key, and the other way round.",
                options.ClientCert is null ? nameof(options.ClientCert) : nameof(options.ClientPrivateKey));
        }

        SslClientAuthenticationOptions tls = new()
        {
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            TargetHost = options.Domain,
        };
        try
        {
            if (options.ServerRootCACert is { } roots)
            {
                tls.CertificateChainPolicy = TrustOnly(roots);
            }

            if (options is { ClientCert: { } certificate, ClientPrivateKey: { } key })
            {
                tls.ClientCertificateContext = CreateClientCertificate(certificate, key);
            }
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"A certificate or key of the TLS options is not readable PEM: {e.Message}", nameof(options), e);
        }

        return tls;
    }

    private static X509ChainPolicy TrustOnly(byte[] roots)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(roots));
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new ArgumentException("The root certificates hold no certificate in PEM.", nameof(roots));
    }

    private static SslStreamCertificateContext CreateClientCertificate(byte[] certificate, byte[] key)
    {
        string pem = Encoding.UTF8.GetString(certificate);
        using X509Certificate2 withEphemeralKey = X509Certificate2.CreateFromPem(pem, Encoding.UTF8.GetString(key));

        // Windows cannot use a key in TLS that was never imported.
        X509Certificate2 leaf = X509CertificateLoader.LoadPkcs12(withEphemeralKey.Export(X509ContentType.Pkcs12), null);
        X509Certificate2Collection chain = [];
        chain.ImportFromPem(pem);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
