using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>A server showed a certificate that is not trusted.</summary>
/// <param name="message">Why, as the rest of a sentence that begins with its address.</param>
public sealed class UntrustedServerException(string message) : AuthenticationException(message)
{
    /// <summary>The error for what is wrong with a certificate; null where nothing is.</summary>
    internal static UntrustedServerException? Of(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (shown is not X509Certificate2 certificate)
        {
            return new("presents no certificate");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            List<X509ChainStatusFlags> flags = [.. chain?.ChainStatus.Select(status => status.Status) ?? []];
            return new(
                flags.Contains(X509ChainStatusFlags.NotTimeValid)
                    ? $"presents a certificate that is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}"
                : flags.Exists(flag => flag is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain)
                    ? $"presents a certificate from an unknown authority, {certificate.Issuer}: "
                        + "KafkaSecurity:CertificateAuthority does not contain it"
                : $"presents a certificate that is not trusted: {string.Join(", ", flags)}");
        }

        string names = string.Join(
            ", ", certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names =>
                names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))));
        return new($"presents a certificate for other names: {(names.Length > 0 ? names : certificate.Subject)}");
    }
}
