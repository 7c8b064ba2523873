using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>What the controllers of a cluster do, whichever it is: the same statuses, the same order, the same words.</summary>
public sealed partial class ControllerContract(ITestCluster cluster) : IAsyncDisposable
{
    private readonly string _namespace = $"contract-{Guid.NewGuid():N}"[..16];

    /// <summary>Makes the namespace that the case works in.</summary>
    public static async Task<ControllerContract> BeginAsync(ITestCluster cluster)
    {
        ControllerContract contract = new(cluster);
        JsonObject metadata = new() { ["name"] = contract._namespace };
        await cluster.CreateAsync(
            ResourceType.Namespaces, null, new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = metadata });
        return contract;
    }

    public async ValueTask DisposeAsync() => await cluster.DeleteAsync(ResourceType.Namespaces, null, _namespace);

    private Task CreateAsync(ResourceType type, JsonObject obj) => cluster.CreateAsync(type, _namespace, obj);

    private async Task<JsonObject> GetAsync(ResourceType type, string name) =>
        await cluster.FindAsync(type, _namespace, name) ?? throw new InvalidOperationException($"There is no {type} {name}.");

    private Task UntilAsync(ResourceType type, string name, Func<JsonObject, bool> isReached) =>
        cluster.UntilAsync(async () => await cluster.FindAsync(type, _namespace, name) is { } found && isReached(found));

    private Task UntilGoneAsync(ResourceType type, string name) =>
        cluster.UntilAsync(async () => await cluster.FindAsync(type, _namespace, name) is null);

    private Task ChangeAsync(ResourceType type, string name, string patch) =>
        cluster.ChangeAsync(type, _namespace, name, Workloads.Parse(patch));

    /// <summary>The events of an object in their order: type, reason, sentence.</summary>
    private async Task<IReadOnlyList<string>> EventsAsync(string kind, string name) =>
    [
        .. (await cluster.ListAsync(ResourceType.Events, _namespace))
            .Where(each => (string?)each["involvedObject"]!["kind"] == kind && (string?)each["involvedObject"]!["name"] == name)
            .OrderBy(each => each.Name()[name.Length..], StringComparer.Ordinal)
            .Select(each => $"{each["type"]} {each["reason"]}: {each["message"]}"),
    ];

    /// <summary>The numbers of a status, and the revisions as the place that they have in the history.</summary>
    private static string Numbers(JsonObject obj, params IEnumerable<string> fields) =>
        string.Join(' ', fields.Select(field => $"{field}={obj["status"]?[field]?.ToJsonString() ?? "-"}"));
}
