using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Selectors;

/// <summary>A field selector as it stands in a URL: <c>spec.nodeName=node-1,status.phase!=Failed</c>.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] OfEveryKind = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<string, string[]> OfKinds = new(StringComparer.Ordinal)
    {
        ["pods"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase",
            "status.podIP", "status.nominatedNodeName",
        ],
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["namespaces"] = ["status.phase"],
        ["nodes"] = ["spec.unschedulable"],
        ["secrets"] = ["type"],
        ["jobs.batch"] = ["status.successful"],
        ["replicasets.apps"] = ["status.replicas"],
        ["services"] = ["spec.clusterIP", "spec.type"],
        ["certificatesigningrequests.certificates.k8s.io"] = ["spec.signerName"],
    };

    private readonly List<(string Field, string Value, bool IsWanted)> _terms = [];

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Reads a selector; null asks for nothing.</summary>
    /// <exception cref="StatusException">It cannot be read, or asks for a field that cannot be selected by (400).</exception>
    public static FieldSelector Parse(string? text, ResourceDefinition resource)
    {
        FieldSelector selector = new();
        foreach (string term in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = term.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw StatusException.BadRequest($"invalid field selector: {term}");
            }

            bool isWanted = term[at - 1] != '!';
            string field = term[..(isWanted ? at : at - 1)];
            if (!OfEveryKind.Contains(field) && !OfKinds.GetValueOrDefault(resource.Key.ToString(), []).Contains(field))
            {
                throw StatusException.BadRequest(OfKinds.ContainsKey(resource.Key.ToString())
                    ? $"field label not supported: {field}"
                    : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
            }

            selector._terms.Add((field, term[(at + 1)..].TrimStart('='), isWanted));
        }

        return selector;
    }

    /// <summary>Whether an object is as it asks.</summary>
    public bool Matches(StoredObject obj) =>
        _terms.TrueForAll(term => (Value(obj, term.Field) == term.Value) == term.IsWanted);

    private static string Value(StoredObject obj, string field)
    {
        JsonElement at = obj.Json;
        foreach (string name in field.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return field is "spec.unschedulable" or "spec.hostNetwork" ? "false" : field == "status.successful" ? "0" : "";
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Object when field == "source" =>
                at.TryGetProperty("component", out JsonElement component) ? component.GetString()! : "",
            _ => at.ToString(),
        };
    }
}
