using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator.Crds;

namespace Orchestrator.Lab.Cluster.Manifests;

/// <summary>Confluent's own resource definitions where the lab has them beside its programs, else the minimal ones.</summary>
internal static class DefinitionFiles
{
    // The ones that the operator watches.
    private static readonly string[] InUse =
        [.. new[] { "kafkas", "kraftcontrollers", "connects", "schemaregistries" }
            .Select(plural => $"platform.confluent.io_{plural}.yaml")];

    /// <summary>Applies the definitions and waits until they are served.</summary>
    public static async Task ApplyAsync(IKubernetes kubernetes, bool all, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> definitions = Read(all);
        foreach (JsonObject definition in definitions)
        {
            await kubernetes.ApplyAsync(
                ResourceType.CustomResourceDefinitions, null, definition.Name(), definition, new() { Force = true }, cancellationToken);
        }

        foreach (JsonObject definition in definitions)
        {
            while (!await IsServedAsync(kubernetes, definition.Name(), cancellationToken))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static IReadOnlyList<JsonObject> Read(bool all)
    {
        string folder = Path.Combine(LabTools.Folder!, "..", "data", "cfk-crds");
        if (!Directory.Exists(folder))
        {
            return ConfluentCrds.Minimal();
        }

        IEnumerable<string> files = all ? Directory.EnumerateFiles(folder, "*.yaml").Order() : InUse.Select(
            name => Path.Combine(folder, name));
        return [.. files.SelectMany(file => Orchestrator.Kubernetes.Manifests.Parse(File.ReadAllText(file)))];
    }

    private static async Task<bool> IsServedAsync(IKubernetes kubernetes, string name, CancellationToken cancellationToken)
    {
        JsonObject definition = await kubernetes.GetAsync(ResourceType.CustomResourceDefinitions, null, name, cancellationToken);
        return (definition["status"]?["conditions"] as JsonArray ?? [])
            .Any(condition => (string?)condition!["type"] == "Established" && (string?)condition["status"] == "True");
    }
}
