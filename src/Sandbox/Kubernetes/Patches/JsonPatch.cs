using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;

namespace Orchestrator.Sandbox.Kubernetes.Patches;

/// <summary>Applies a JSON Patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <summary>The object with the operations done to it; it is not changed itself.</summary>
    /// <exception cref="StatusException">An operation cannot be done (422), or is none (400).</exception>
    public static JsonObject Apply(JsonObject obj, JsonArray operations)
    {
        JsonNode? root = obj.DeepClone();
        foreach (JsonNode? operation in operations)
        {
            string name = (string?)operation?["op"] ?? "";
            string path = (string?)operation?["path"] ?? "";
            try
            {
                root = Do(root, name, path, operation!);
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentOutOfRangeException)
            {
                throw Refused(e.Message);
            }
        }

        return root as JsonObject ?? throw Refused("the document is no object");
    }

    private static JsonNode? Do(JsonNode? root, string name, string path, JsonNode operation)
    {
        switch (name)
        {
            case "add":
                return Add(root, path, operation["value"]?.DeepClone());
            case "remove":
                return Remove(root, path, out _);
            case "replace":
                Get(root, path, name);
                return path.Length == 0 ? operation["value"]?.DeepClone() : Set(root, path, operation["value"]?.DeepClone());
            case "move":
                root = Remove(root, (string)operation["from"]!, out JsonNode? moved);
                return Add(root, path, moved);
            case "copy":
                return Add(root, path, Get(root, (string)operation["from"]!, name)?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Get(root, path, name), operation["value"])
                    ? root
                    : throw Refused($"testing value {path} failed");
            default:
                throw StatusException.BadRequest($"Unexpected kind: {name}");
        }
    }

    private static StatusException Refused(string why) =>
        new(422, "Invalid", "the server rejected our request due to an error in our request", []) { Data = { ["why"] = why } };

    private static (JsonNode Parent, string Last) Locate(JsonNode? root, string path, string operation)
    {
        string[] steps = [.. path.Split('/').Skip(1).Select(Unescape)];
        JsonNode? at = root;
        foreach (string step in steps[..^1])
        {
            at = Child(at, step);
        }

        return (at ?? throw Refused($"{operation} operation does not apply: doc is missing path: \"{path}\": missing value"), steps[^1]);
    }

    private static JsonNode? Get(JsonNode? root, string path, string operation)
    {
        if (path.Length == 0)
        {
            return root;
        }

        (JsonNode parent, string last) = Locate(root, path, operation);
        bool isThere = parent switch
        {
            JsonObject obj => obj.ContainsKey(last),
            JsonArray items => int.TryParse(last, out int index) && index >= 0 && index < items.Count,
            _ => false,
        };
        return isThere
            ? Child(parent, last)
            : throw Refused($"{operation} operation does not apply: doc is missing key: {path}: missing value");
    }

    private static JsonNode? Child(JsonNode? parent, string step) => parent switch
    {
        JsonObject obj => obj[step],
        JsonArray items => int.TryParse(step, out int index) && index >= 0 && index < items.Count ? items[index] : null,
        _ => null,
    };

    private static JsonNode? Add(JsonNode? root, string path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        (JsonNode parent, string last) = Locate(root, path, "add");
        if (parent is JsonArray items)
        {
            items.Insert(last == "-" ? items.Count : int.Parse(last), value);
            return root;
        }

        parent.AsObject()[last] = value;
        return root;
    }

    private static JsonNode? Set(JsonNode? root, string path, JsonNode? value)
    {
        (JsonNode parent, string last) = Locate(root, path, "replace");
        if (parent is JsonArray items)
        {
            items[int.Parse(last)] = value;
        }
        else
        {
            parent.AsObject()[last] = value;
        }

        return root;
    }

    private static JsonNode? Remove(JsonNode? root, string path, out JsonNode? removed)
    {
        removed = Get(root, path, "remove");
        (JsonNode parent, string last) = Locate(root, path, "remove");
        if (parent is JsonArray items)
        {
            items.RemoveAt(int.Parse(last));
        }
        else
        {
            parent.AsObject().Remove(last);
        }

        return root;
    }

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
