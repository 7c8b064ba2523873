using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>What a client must know of a bearer token. The broker checks it; here it is only read.</summary>
/// <param name="ExpiresAt">When it expires.</param>
/// <param name="Principal">Whom it was given to.</param>
internal sealed record OAuthToken(DateTimeOffset ExpiresAt, string Principal)
{
    /// <summary>Reads the claims <c>exp</c> and <c>sub</c> of a JWT.</summary>
    /// <exception cref="FormatException">It is no such token; the text holds nothing of it.</exception>
    public static OAuthToken Read(string token)
    {
        try
        {
            JsonNode? claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return new(DateTimeOffset.FromUnixTimeSeconds((long)(double)claims!["exp"]!), (string?)claims["sub"] ?? "orchestrator");
        }
        catch (Exception e) when (e is FormatException or JsonException or IndexOutOfRangeException or NullReferenceException or InvalidOperationException)
        {
            throw new FormatException("The token is no JWT with the claim exp.");
        }
    }
}
