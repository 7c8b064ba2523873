using System.Net.Http.Headers;
using System.Text;
using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>The resolved access to Jolokia agents. It lives for one reading, and has no text form.</summary>
public sealed class JolokiaAccess
{
    internal bool Tls { get; init; }

    internal string? CertificateAuthority { get; init; }

    internal AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Whether it is TLS.</summary>
    public override string ToString() => Tls ? "https" : "http";

    /// <summary>Reads the credentials as they are now.</summary>
    /// <exception cref="SecretUnreadableException">A credential cannot be read.</exception>
    internal static async Task<JolokiaAccess> ResolveAsync(JolokiaSecurityOptions options, SecretReader reader, CancellationToken cancellationToken)
    {
        string? token = await ReadAsync(options.Token);
        string? username = await ReadAsync(options.Username);
        string? password = await ReadAsync(options.Password);
        return new()
        {
            Tls = options.Tls,
            CertificateAuthority = await ReadAsync(options.CertificateAuthority),
            Authorization = token is not null ? new("Bearer", token)
                : username is not null ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")))
                : null,
        };

        async Task<string?> ReadAsync(string? text) =>
            SecretReference.TryParse(text, out SecretReference? reference) ? await reader.ReadAsync(reference, cancellationToken) : null;
    }
}
