using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Kubernetes;

/// <summary>The certificate that this client shows to the server, with the intermediates that follow it in the PEM text.</summary>
internal static class ClientCertificate
{
    public static SslStreamCertificateContext Load(string certificate, string? key)
    {
        if (key is null)
        {
            throw new KubeconfigException("There is a client certificate without a key.");
        }

        try
        {
#pragma warning disable CA2000 // The context owns it.
            X509Certificate2 leaf = X509Certificate2.CreateFromPem(certificate, key);
#pragma warning restore CA2000
            X509Certificate2Collection all = [];
            all.ImportFromPem(certificate);
            if (OperatingSystem.IsWindows())
            {
                // Windows' TLS does not take keys that live in memory only.
                leaf = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), password: null);
            }

            return SslStreamCertificateContext.Create(leaf, [.. all.Skip(1)], offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeconfigException($"The client certificate or its key cannot be read: {e.Message}", e);
        }
    }
}
