using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Errors;

/// <summary>A refusal of the API, with the <c>Status</c> object that a client gets. The wording is that of kube-apiserver 1.34.</summary>
public sealed class StatusException : Exception
{
    internal StatusException(int code, string? reason, string message, JsonObject? details = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        Details = details;
    }

    /// <summary>The HTTP status code, such as 404.</summary>
    public int Code { get; }

    /// <summary>The one-word reason, such as <c>NotFound</c>; null where the real server gives none.</summary>
    public string? Reason { get; }

    /// <summary>Which object, which causes; null where the real server gives none.</summary>
    public JsonObject? Details { get; }

    /// <summary>Whether the object is missing.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>Whether the object was changed in between, or is another one by now.</summary>
    public bool IsConflict => Reason == "Conflict";

    /// <summary>Whether an object of that name is there already.</summary>
    public bool IsAlreadyExists => Reason == "AlreadyExists";

    /// <summary>The answer's body, a new one each time.</summary>
    public JsonObject ToJson()
    {
        JsonObject status = new()
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason is not null)
        {
            status["reason"] = Reason;
        }

        if (Details is not null)
        {
            status["details"] = Details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    /// <summary>404 of an object.</summary>
    public static StatusException NotFound(ObjectKey key) =>
        new(404, "NotFound", $"{key.Resource} \"{key.Name}\" not found", DetailsOf(key));

    /// <summary>404 of a path that is served by a group that has no such resource.</summary>
    public static StatusException NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    /// <summary>409: the name is taken.</summary>
    public static StatusException AlreadyExists(ObjectKey key) =>
        new(409, "AlreadyExists", $"{key.Resource} \"{key.Name}\" already exists", DetailsOf(key));

    /// <summary>409 with a reason of its own.</summary>
    public static StatusException Conflict(ObjectKey key, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {key.Resource} \"{key.Name}\": {why}", DetailsOf(key));

    /// <summary>409 of a request that meant another object: it is named by its kind, as in no other answer.</summary>
    public static StatusException Conflict(StoredObject obj, string why)
    {
        string kind = obj.Json.GetProperty("kind").GetString()!;
        JsonObject details = DetailsOf(obj.Key);
        details.Remove("group");
        details["kind"] = kind;
        return new(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{obj.Name}\": {why}", details);
    }

    /// <summary>409: somebody wrote in between.</summary>
    public static StatusException Modified(ObjectKey key) =>
        Conflict(key, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>422: what is wrong with an object, field by field.</summary>
    internal static StatusException Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        List<string> texts = [.. errors.Select(error => error.ToString()).Distinct()];
        string text = string.Join(", ", texts);
        string qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new(
            422,
            "Invalid",
            $"{qualified} \"{name}\" is invalid: {(texts.Count == 1 ? text : $"[{text}]")}",
            DetailsWith(name, group, kind, errors.Select(error => error.ToJson())));
    }

    /// <summary>409 of an apply that would take fields from their owners.</summary>
    internal static StatusException ApplyConflict(IReadOnlyList<(string Owner, IReadOnlyList<string> Paths)> conflicts)
    {
        int count = conflicts.Sum(each => each.Paths.Count);
        string message = count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts[0].Owner}: {conflicts[0].Paths[0]}"
            : $"Apply failed with {count} conflicts: " + string.Join('\n', conflicts.SelectMany(
                each => each.Paths.Select(path => $"- {path}").Prepend($"conflicts with {each.Owner}:")));
        return new(409, "Conflict", message, new JsonObject
        {
            ["causes"] = new JsonArray(
            [
                .. conflicts.SelectMany(each => each.Paths.Select(path => new JsonObject
                {
                    ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {each.Owner}", ["field"] = path,
                })),
            ]),
        });
    }

    /// <summary>403 with a reason of its own.</summary>
    public static StatusException Forbidden(ObjectKey key, string why, JsonArray? causes = null)
    {
        JsonObject details = DetailsOf(key);
        if (causes is not null)
        {
            details["causes"] = causes;
        }

        string name = key.Name.Length == 0 ? "" : $" \"{key.Name}\"";
        return new(403, "Forbidden", $"{key.Resource}{name} is forbidden: {why}", details);
    }

    /// <summary>500 of an apply of something that the schema does not have.</summary>
    internal static StatusException Untyped(string @namespace, string name, string apiVersion, string kind, string path)
    {
        string version = apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion : $"/{apiVersion}";
        return new(
            500,
            null,
            $"failed to create typed patch object ({@namespace}/{name}; {version}, Kind={kind}): .{path}: field not declared in schema");
    }

    /// <summary>422 of a patch whose outcome cannot be read.</summary>
    internal static StatusException UnreadablePatch(string value, string why) =>
        Invalid("", "", "", [FieldError.Invalid("patch", value, why)]);

    /// <summary>405.</summary>
    public static StatusException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    /// <summary>415 with what the server can read.</summary>
    public static StatusException UnsupportedMediaType(string accepted) => new(
        415,
        "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {accepted}");

    /// <summary>401.</summary>
    public static StatusException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    /// <summary>400.</summary>
    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>410 of a revision that is forgotten.</summary>
    public static StatusException Expired(long revision, long oldest) =>
        new(410, "Expired", $"too old resource version: {revision} ({oldest})");

    /// <summary>410 of a continue token whose revision is forgotten.</summary>
    public static StatusException ExpiredToken() => new(
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue " +
        "parameter.");

    /// <summary>504 of a revision that is yet to come.</summary>
    public static StatusException TooLargeResourceVersion(long revision, long current) => new(
        504,
        "Timeout",
        $"Timeout: Too large resource version: {revision}, current: {current}",
        new JsonObject
        {
            ["causes"] = new JsonArray(
                new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        });

    private static JsonObject DetailsWith(string name, string group, string kind, IEnumerable<JsonObject> causes)
    {
        JsonObject details = [];
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        if (kind.Length > 0)
        {
            details["kind"] = kind;
        }

        details["causes"] = new JsonArray([.. causes]);
        return details;
    }

    private static JsonObject DetailsOf(ObjectKey key)
    {
        JsonObject details = [];
        if (key.Name.Length > 0)
        {
            details["name"] = key.Name;
        }

        if (key.Resource.Group.Length > 0)
        {
            details["group"] = key.Resource.Group;
        }

        details["kind"] = key.Resource.Resource;
        return details;
    }
}
