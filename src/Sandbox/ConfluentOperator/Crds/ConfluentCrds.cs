using System.Reflection;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.ConfluentOperator.Crds;

/// <summary>
/// Definitions of the resources that the operator serves, for clusters without Confluent's own: the same names and subresources, and any
/// field allowed.
/// </summary>
public static class ConfluentCrds
{
    /// <summary>The definitions, ready to be applied.</summary>
    public static IReadOnlyList<JsonObject> Minimal()
    {
        Assembly assembly = typeof(ConfluentCrds).Assembly;
        List<JsonObject> definitions = [];
        foreach (string name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("crds/", StringComparison.Ordinal)).Order())
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            definitions.AddRange(Manifests.Parse(reader.ReadToEnd()));
        }

        return definitions;
    }
}
