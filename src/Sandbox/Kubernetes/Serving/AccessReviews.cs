using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Access;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers who somebody is and what somebody may do, and makes tokens of service accounts. Nothing of it is stored.</summary>
internal sealed class AccessReviews(KubernetesApi api, Users users, RoleBasedAccess access)
{
    private const int ShortestToken = 600;
    private const int UsualToken = 3600;

    /// <summary>Answers a review; false where the request is none.</summary>
    public async Task<bool> TryAnswerAsync(ApiRequest request, User user)
    {
        Func<JsonObject, JsonObject>? answer = (request.Resource.Group, request.Resource.Plural, request.Subresource) switch
        {
            ("authentication.k8s.io", "tokenreviews", "") => Token,
            ("authentication.k8s.io", "selfsubjectreviews", "") => _ => new JsonObject { ["userInfo"] = Describe(user) },
            ("authorization.k8s.io", "selfsubjectaccessreviews", "") => spec => Access(user, spec, null),
            ("authorization.k8s.io", "subjectaccessreviews", "") => spec => Access(UserIn(spec), spec, null),
            ("authorization.k8s.io", "localsubjectaccessreviews", "") => spec => Access(UserIn(spec), spec, request.Namespace),
            ("authorization.k8s.io", "selfsubjectrulesreviews", "") => spec => Rules(user, (string?)spec["namespace"]),
            ("", "serviceaccounts", "token") => spec => Issue(request, spec),
            _ => null,
        };
        if (answer is null)
        {
            return false;
        }

        if (request.Verb != "create")
        {
            throw StatusException.MethodNotAllowed();
        }

        JsonObject review = await RequestBody.ReadOptionalAsync(request.Http) ?? [];
        review["kind"] ??= request.Resource.Kind;
        review["apiVersion"] ??= request.Resource.ApiVersion;
        review["metadata"] ??= new JsonObject();
        review["status"] = answer(review["spec"] as JsonObject ?? []);
        await ObjectWriter.AnswerAsync(request.Http, review, 201);
        return true;
    }

    private JsonObject Token(JsonObject spec) =>
        users.Find((string?)spec["token"] ?? "") is { } user
            ? new JsonObject { ["authenticated"] = true, ["user"] = Describe(user), ["audiences"] = spec["audiences"]?.DeepClone() }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };

    private JsonObject Access(User user, JsonObject spec, string? @namespace)
    {
        AccessRequest asked = spec["resourceAttributes"] is JsonObject resource
            ? new AccessRequest(Text(resource, "verb"), Text(resource, "group"), Text(resource, "resource"))
            {
                Subresource = Text(resource, "subresource"),
                Namespace = @namespace ?? (Text(resource, "namespace") is { Length: > 0 } space ? space : null),
                Name = Text(resource, "name"),
            }
            : new AccessRequest(Text(spec["nonResourceAttributes"], "verb"), "", "") { Path = Text(spec["nonResourceAttributes"], "path") };
        JsonObject status = new() { ["allowed"] = access.Allows(user, asked) };
        if (access.ReasonFor(user, asked) is { } reason)
        {
            status["reason"] = reason;
        }

        return status;
    }

    private JsonObject Rules(User user, string? @namespace)
    {
        List<JsonElement> rules = [.. access.RulesOf(user, @namespace)];
        JsonArray resources = [.. rules.Where(each => each.TryGetProperty("resources", out _)).Select(each => JsonObject.Create(each))];
        JsonArray paths = [.. rules.Where(each => each.TryGetProperty("nonResourceURLs", out _)).Select(each => JsonObject.Create(each))];
        if (user.Groups.Contains("system:masters"))
        {
            resources.Add(new JsonObject
            {
                ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*"),
            });
            paths.Add(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") });
        }

        return new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = paths, ["incomplete"] = false };
    }

    private JsonObject Issue(ApiRequest request, JsonObject spec)
    {
        StoredObject account = api.Store.Find(request.Key) ?? throw StatusException.NotFound(request.Key);
        long seconds = spec["expirationSeconds"]?.GetValue<long>() ?? UsualToken;
        if (seconds < ShortestToken)
        {
            throw StatusException.Invalid(
                "authentication.k8s.io",
                "TokenRequest",
                "",
                [FieldError.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes")]);
        }

        DateTimeOffset until = api.Store.Clock.GetUtcNow().AddSeconds(seconds);
        IEnumerable<string> audiences = (spec["audiences"] as JsonArray ?? []).Select(each => (string)each!);
        return new JsonObject
        {
            ["token"] = users.Issue(account.Namespace!, account.Name, account.Uid, audiences, until),
            ["expirationTimestamp"] = ObjectStore.Timestamp(until),
        };
    }

    private static User UserIn(JsonObject spec) =>
        new(Text(spec, "user"), [.. (spec["groups"] as JsonArray ?? []).Select(each => (string)each!)]);

    private static JsonObject Describe(User user) => new()
    {
        ["username"] = user.Name,
        ["groups"] = new JsonArray([.. user.Groups.Select(each => (JsonNode)each)]),
    };

    private static string Text(JsonNode? obj, string field) => (string?)obj?[field] ?? "";
}
