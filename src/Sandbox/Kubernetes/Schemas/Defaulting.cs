using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>Fills in what an object leaves out: what its schema says, and for the server's own kinds what the server's code does.</summary>
internal static class Defaulting
{
    private static readonly Lazy<Dictionary<string, JsonElement>> OfTheServer = new(Read);

    /// <summary>Completes a node in place.</summary>
    public static void Apply(JsonNode? node, Schema schema)
    {
        switch (node)
        {
            case JsonObject obj:
                ApplyTo(obj, schema);
                break;
            case JsonArray items when schema.Items is { } each:
                foreach (JsonNode? item in items)
                {
                    Apply(item, each);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>What an object of the server's own kinds has before anybody sets anything: the structures that are no pointers.</summary>
    public static JsonObject Frame(Schema schema)
    {
        JsonObject frame = [];
        foreach (string name in schema.PropertyNames)
        {
            Schema property = schema.Property(name)!;
            if (property.Default is { ValueKind: JsonValueKind.Object })
            {
                frame[name] = Frame(property);
            }
            else if (property.Default is { } value)
            {
                frame[name] = Node(value);
            }
            else if (property.Type == "array" && schema.Required.Contains(name))
            {
                frame[name] = new JsonArray();
            }
        }

        return frame;
    }

    private static void ApplyTo(JsonObject obj, Schema schema)
    {
        if (schema.Name is { } known)
        {
            if (OfTheServer.Value.TryGetValue(known, out JsonElement defaults))
            {
                foreach (JsonProperty field in defaults.EnumerateObject().Where(each => !obj.ContainsKey(each.Name)))
                {
                    obj[field.Name] = Node(field.Value);
                }
            }

            Complete(obj, known);
        }

        foreach (string name in schema.PropertyNames)
        {
            if (!obj.ContainsKey(name) && schema.Property(name)!.Default is { } value)
            {
                obj[name] = Node(value);
            }
        }

        foreach ((string name, JsonNode? value) in obj.ToList())
        {
            if (value is JsonObject or JsonArray && schema.Field(name) is { } field)
            {
                Apply(value, field);
            }
        }
    }

    // What depends on other fields.
    private static void Complete(JsonObject obj, string schema)
    {
        switch (schema)
        {
            case "io.k8s.api.core.v1.Container" or "io.k8s.api.core.v1.EphemeralContainer":
                obj["imagePullPolicy"] ??= IsLatest((string?)obj["image"] ?? "") ? "Always" : "IfNotPresent";
                break;
            case "io.k8s.api.core.v1.ResourceRequirements" when obj["limits"] is JsonObject limits:
                JsonObject requests = obj["requests"] as JsonObject ?? [];
                foreach ((string name, JsonNode? limit) in limits.Where(each => !requests.ContainsKey(each.Key)).ToList())
                {
                    requests[name] = limit!.DeepClone();
                }

                obj["requests"] = requests;
                break;
            case "io.k8s.api.core.v1.PodSpec":
                obj["serviceAccount"] ??= obj["serviceAccountName"]?.DeepClone();
                obj["serviceAccountName"] ??= obj["serviceAccount"]?.DeepClone();
                Drop(obj, "serviceAccount", "serviceAccountName");
                break;
            case "io.k8s.api.core.v1.Pod" when obj["spec"] is JsonObject pod:
                pod["enableServiceLinks"] ??= true;
                break;
            case "io.k8s.api.core.v1.ServiceSpec" when (string?)obj["type"] != "ExternalName":
                obj["internalTrafficPolicy"] ??= "Cluster";
                break;
            case "io.k8s.api.rbac.v1.Subject" when (string?)obj["kind"] is "User" or "Group":
                obj["apiGroup"] ??= "rbac.authorization.k8s.io";
                break;
            case "io.k8s.api.core.v1.Volume" when obj.Count == 1 && obj.ContainsKey("name"):
                obj["emptyDir"] = new JsonObject();
                break;
            case "io.k8s.api.core.v1.ServicePort":
                obj["targetPort"] ??= obj["port"]?.DeepClone();
                Drop(obj, "targetPort");
                break;
            case "io.k8s.api.core.v1.Secret" when obj["stringData"] is JsonObject texts:
                JsonObject data = obj["data"] as JsonObject ?? [];
                foreach ((string name, JsonNode? text) in texts)
                {
                    data[name] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes((string)text!));
                }

                obj["data"] = data;
                obj.Remove("stringData");
                break;
            case "io.k8s.api.apps.v1.StatefulSetUpdateStrategy" or "io.k8s.api.apps.v1.DeploymentStrategy"
                or "io.k8s.api.apps.v1.DaemonSetUpdateStrategy" when (string?)obj["type"] == "RollingUpdate":
                obj["rollingUpdate"] ??= new JsonObject();
                break;
            case "io.k8s.api.apps.v1.StatefulSetSpec":
                foreach (JsonObject claim in (obj["volumeClaimTemplates"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    claim["apiVersion"] = "v1";
                    claim["kind"] = "PersistentVolumeClaim";
                }

                break;
            case "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"
                when (string?)obj["kind"] is { Length: > 0 } kind:
                obj["singular"] ??= kind.ToLowerInvariant();
                obj["listKind"] ??= $"{kind}List";
                break;
            case "io.k8s.api.batch.v1.JobSpec" when obj["completions"] is null && obj["parallelism"] is null:
                obj["completions"] = 1;
                obj["parallelism"] = 1;
                break;
            case "io.k8s.api.batch.v1.JobSpec":
                obj["parallelism"] ??= 1;
                break;
            default:
                break;
        }
    }

    private static bool IsLatest(string image)
    {
        string name = image[(image.LastIndexOf('/') + 1)..];
        return !name.Contains('@', StringComparison.Ordinal) && (!name.Contains(':', StringComparison.Ordinal)
            || name.EndsWith(":latest", StringComparison.Ordinal));
    }

    private static void Drop(JsonObject obj, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (obj.TryGetPropertyValue(name, out JsonNode? value) && value is null)
            {
                obj.Remove(name);
            }
        }
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static Dictionary<string, JsonElement> Read()
    {
        Assembly assembly = typeof(Defaulting).Assembly;
        using Stream text = assembly.GetManifestResourceStream("kubernetes/defaults.json")!;
        JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.EnumerateObject().ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal);
    }
}
