using System.Net.Http.Headers;
using System.Text;
using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Http;

/// <summary>The resolved access to HTTP servers of a cluster. It lives for one reading, and has no text form.</summary>
public sealed class HttpAccess
{
    internal string? CertificateAuthority { get; init; }

    internal AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Only the kind of login.</summary>
    public override string ToString() => Authorization?.Scheme ?? "nobody";

    /// <summary>Reads the credentials as they are now.</summary>
    /// <exception cref="SecretUnreadableException">A credential cannot be read.</exception>
    internal static async Task<HttpAccess> ResolveAsync(
        HttpSecurityOptions options, SecretReader reader, CancellationToken cancellationToken)
    {
        string? token = await ReadAsync(options.Token);
        if (token?.AsSpan().IndexOfAny('\r', '\n') >= 0 && SecretReference.TryParse(options.Token, out SecretReference? multiline))
        {
            throw new SecretUnreadableException(multiline, "it has several lines, but a bearer token has one.");
        }

        string? username = await ReadAsync(options.Username);
        string? password = await ReadAsync(options.Password);
        return new()
        {
            CertificateAuthority = await ReadAsync(options.CertificateAuthority),
            Authorization = token is not null ? new("Bearer", token)
                : username is not null ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")))
                : null,
        };

        async Task<string?> ReadAsync(string? text) =>
            SecretReference.TryParse(text, out SecretReference? reference) ? await reader.ReadAsync(reference, cancellationToken) : null;
    }
}
