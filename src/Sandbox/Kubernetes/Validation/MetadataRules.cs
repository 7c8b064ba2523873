using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Validation;

/// <summary>What holds for the names and labels of every object.</summary>
internal static partial class MetadataRules
{
    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
        "alphanumeric character (e.g. 'example.com', regex used for validation is " +
        @"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
        "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string LabelValue =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
        "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
        "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const int LongestLabel = 63;

    /// <summary>What is wrong with an object's metadata.</summary>
    public static IEnumerable<FieldError> Check(ResourceDefinition resource, JsonObject obj)
    {
        JsonObject metadata = (JsonObject)obj["metadata"]!;
        if ((string?)metadata["name"] is { Length: > 0 } name)
        {
            if (!Allows(resource, name, out string rule))
            {
                yield return FieldError.Invalid("metadata.name", name, rule);
            }
        }
        else if ((string?)metadata["generateName"] is not { Length: > 0 })
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }

        foreach ((_, JsonNode? value) in metadata["labels"] as JsonObject ?? [])
        {
            string text = (string?)value ?? "";
            if (text.Length > LongestLabel)
            {
                yield return FieldError.Invalid("metadata.labels", text, $"must be no more than {LongestLabel} bytes");
            }
            else if (!LabelValues().IsMatch(text))
            {
                yield return FieldError.Invalid("metadata.labels", text, LabelValue);
            }
        }
    }

    /// <summary>What is wrong with a change of an object's metadata.</summary>
    public static IEnumerable<FieldError> CheckChange(JsonObject before, JsonObject after)
    {
        if (before["metadata"]!["deletionTimestamp"] is null)
        {
            yield break;
        }

        string[] had = [.. (before["metadata"]!["finalizers"] as JsonArray ?? []).Select(each => (string)each!)];
        string[] added = [.. (after["metadata"]!["finalizers"] as JsonArray ?? []).Select(each => (string)each!).Except(had)];
        if (added.Length > 0)
        {
            string names = string.Join(", ", added.Select(each => $"\"{each}\""));
            FieldError error = FieldError.Forbidden(
                "metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{names}}}");
            // The real server looks twice.
            yield return error;
            yield return error;
        }
    }

    private static bool Allows(ResourceDefinition resource, string name, out string rule)
    {
        switch (resource.Group, resource.Plural)
        {
            case ("rbac.authorization.k8s.io", _) or ("events.k8s.io", _):
                rule = "may not contain '/' or '%'";
                return !name.Contains('/', StringComparison.Ordinal) && !name.Contains('%', StringComparison.Ordinal);
            case ("", "namespaces" or "services"):
                rule = Label;
                return Labels().IsMatch(name) && name.Length <= LongestLabel;
            default:
                rule = Subdomain;
                return Subdomains().IsMatch(name);
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Subdomains();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Labels();

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValues();
}
