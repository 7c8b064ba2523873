using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Access;

/// <summary>Somebody who was let in.</summary>
/// <param name="Name">The name, such as <c>jane</c> or <c>system:serviceaccount:kafka:operator</c>.</param>
/// <param name="Groups">The groups that rules of access may name.</param>
public sealed record User(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>Who does not say who it is.</summary>
    public static readonly User Anonymous = new("system:anonymous", ["system:unauthenticated"]);
}

/// <summary>Who may come in, and by which bearer token.</summary>
public sealed class Users
{
    /// <summary>The name of the user who may do everything.</summary>
    public const string Administrator = "admin";

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (User User, DateTimeOffset? Until)> _byToken = new(StringComparer.Ordinal);

    internal Users(TimeProvider clock)
    {
        _clock = clock;
        Add(Administrator, "system:masters");
    }

    /// <summary>Lets a user in, who is in these groups and in <c>system:authenticated</c>.</summary>
    /// <returns>The user's token.</returns>
    public string Add(string name, params IEnumerable<string> groups)
    {
        User user = new(name, [.. groups, "system:authenticated"]);
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _tokens[name] = token;
        _byToken[token] = (user, null);
        return token;
    }

    /// <summary>The token of a user.</summary>
    /// <exception cref="KeyNotFoundException">There is no such user.</exception>
    public string TokenOf(string name) => _tokens[name];

    /// <summary>Who comes with a token; null where nobody does, or not any more.</summary>
    internal User? Find(string token) =>
        _byToken.TryGetValue(token, out (User User, DateTimeOffset? Until) found) && !(found.Until <= _clock.GetUtcNow())
            ? found.User
            : null;

    /// <summary>Makes a token of a service account, which says as a real one does whose it is and until when.</summary>
    internal string Issue(string @namespace, string account, string uid, IEnumerable<string> audiences, DateTimeOffset until)
    {
        string name = $"system:serviceaccount:{@namespace}:{account}";
        User user = new(name, ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}", "system:authenticated"]);
        JsonObject claims = new()
        {
            ["aud"] = new JsonArray([.. audiences.Select(each => (JsonNode)each)]),
            ["exp"] = until.ToUnixTimeSeconds(),
            ["iat"] = _clock.GetUtcNow().ToUnixTimeSeconds(),
            ["iss"] = "https://kubernetes.default.svc.cluster.local",
            ["kubernetes.io"] = new JsonObject
            {
                ["namespace"] = @namespace,
                ["serviceaccount"] = new JsonObject { ["name"] = account, ["uid"] = uid },
            },
            ["sub"] = name,
        };
        // The signature is looked at by nobody but the box, which knows its tokens.
        string token = $"{Part(new JsonObject { ["alg"] = "RS256", ["kid"] = "sandbox" })}.{Part(claims)}." +
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _byToken[token] = (user, until);
        return token;
    }

    private static string Part(JsonObject claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
