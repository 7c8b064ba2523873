using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>What a client must know of a bearer token. The broker checks it; here it is only read.</summary>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="Principal">Whom it was given to.</param>
internal sealed record OAuthToken(DateTimeOffset ExpiresAt, string Principal)
{
    private const string Unusable = "The token is not a JWT with the claim exp.";

    /// <summary>Reads the claims <c>exp</c> and <c>sub</c> of a JWT.</summary>
    /// <exception cref="FormatException">It is not such a token; the text holds nothing of it.</exception>
    public static OAuthToken Read(string token)
    {
        try
        {
            JsonWebToken read = new(token);
            return read.ValidTo == DateTime.MinValue
                ? throw new FormatException(Unusable)
                : new(new DateTimeOffset(read.ValidTo, TimeSpan.Zero), read.Subject is { Length: > 0 } subject ? subject : "orchestrator");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException
            or SecurityTokenException or JsonException or InvalidOperationException)
        {
            // Not with the library's text, which may quote the token.
            throw new FormatException(Unusable);
        }
    }
}
