using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads when the certificate of a secret ends; nothing else of the secret is looked at or kept. Pure.</summary>
internal static class CertificateReading
{
    public static CertificateSeen Of(JsonObject secret)
    {
        string name = HealthObjects.FullName(secret);
        try
        {
            string pem = Encoding.ASCII.GetString(Convert.FromBase64String((string?)secret["data"]?["tls.crt"] ?? ""));
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
            return new(name, certificate.Subject, new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return new(name, null, null);
        }
    }
}
