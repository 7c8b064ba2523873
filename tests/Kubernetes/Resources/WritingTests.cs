using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Resources;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class WritingTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Apply_FieldsNoLongerApplied_AreRemovedAndThoseOfOthersStay()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await ApplyAsync(@namespace, "other", new JsonObject { ["theirs"] = "1" });
        await ApplyAsync(@namespace, "orchestrator", new JsonObject { ["a"] = "1", ["b"] = "1" });

        JsonObject now = await ApplyAsync(@namespace, "orchestrator", new JsonObject { ["b"] = "2" });

        Assert.Equal("""{"b":"2","theirs":"1"}""", now["data"]!.ToJsonString());
    }

    [LabFact]
    public async Task Apply_DryRunOrForce_ChangesNothingOrTakesOver()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await ApplyAsync(@namespace, "other", new JsonObject { ["a"] = "1" });
        JsonObject wanted = Map(new JsonObject { ["a"] = "2" });

        JsonObject dry = await api.Admin.ApplyAsync(
            ResourceType.ConfigMaps, @namespace, "map", wanted, new() { Force = true, DryRun = true }, Limit);
        JsonObject before = await api.Admin.GetAsync(ResourceType.ConfigMaps, @namespace, "map", Limit);
        JsonObject forced = await api.Admin.ApplyAsync(ResourceType.ConfigMaps, @namespace, "map", wanted, new() { Force = true }, Limit);

        Assert.Equal(("2", "1", "2"), (Value(dry), Value(before), Value(forced)));
        static string Value(JsonObject map) => map["data"]!["a"]!.GetValue<string>();
    }

    [LabFact]
    public async Task Patch_MergeAndJson_ChangeWhatTheySay()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.Admin.CreateAsync(ResourceType.StatefulSets, @namespace, ApiServer.StatefulSet("set", replicas: 0), Limit);
        JsonObject annotation = Manifests.Parse("metadata: {annotations: {example.io/a: '1'}}")[0];
        JsonArray remove = new(
            new JsonObject { ["op"] = "test", ["path"] = "/metadata/annotations/example.io~1a", ["value"] = "1" },
            new JsonObject { ["op"] = "remove", ["path"] = "/metadata/annotations/example.io~1a" });

        JsonObject merged = await api.Admin.MergePatchAsync(ResourceType.StatefulSets, @namespace, "set", annotation, null, Limit);
        JsonObject json = await api.Admin.JsonPatchAsync(ResourceType.StatefulSets, @namespace, "set", remove, null, Limit);

        Assert.Equal(("1", null), (merged.Annotation("example.io/a"), json.Annotation("example.io/a")));
    }

    [LabFact]
    public async Task Scale_ReadAndPatched_ChangesReplicasOnly()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        JsonObject created = await api.Admin.CreateAsync(
            ResourceType.StatefulSets, @namespace, ApiServer.StatefulSet("set", replicas: 0), Limit);

        JsonObject scale = await api.Admin.GetAsync(ResourceType.StatefulSets, @namespace, "set", "scale", Limit);
        JsonObject two = new() { ["spec"] = new JsonObject { ["replicas"] = 2 } };
        await api.Admin.MergePatchAsync(ResourceType.StatefulSets, @namespace, "set", two, "scale", Limit);

        JsonObject set = await api.Admin.GetAsync(ResourceType.StatefulSets, @namespace, "set", Limit);
        Assert.Equal(("Scale", "app=set"), (scale["kind"]!.GetValue<string>(), scale["status"]!["selector"]!.GetValue<string>()));
        Assert.Equal((2, created.Generation() + 1), (set["spec"]!["replicas"]!.GetValue<int>(), set.Generation()));
    }

    [LabFact]
    public async Task Status_OfACustomResource_IsWrittenThroughItsSubresourceOnly()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        string folder = Path.Combine(LabTools.Folder!, "..", "data", "cfk-crds");
        string file = Directory.GetFiles(folder).Single(path => path.Contains("kafkatopics", StringComparison.Ordinal));
        JsonObject definition = Manifests.Parse(await File.ReadAllTextAsync(file, Limit))[0];
        await api.Admin.ApplyAsync(ResourceType.CustomResourceDefinitions, null, definition.Name(), definition, null, Limit);
        ResourceType topics = new("platform.confluent.io", "v1beta1", "kafkatopics", Namespaced: true);
        await ServedAsync(topics);
        JsonObject topic = Manifests.Parse(
            "{apiVersion: platform.confluent.io/v1beta1, kind: KafkaTopic, metadata: {name: t}, spec: {partitionCount: 1}}")[0];
        JsonObject status = new() { ["status"] = new JsonObject { ["state"] = "CREATED" } };

        await api.Admin.CreateAsync(topics, @namespace, topic, Limit);
        JsonObject ignored = await api.Admin.MergePatchAsync(topics, @namespace, "t", status, null, Limit);
        JsonObject written = await api.Admin.MergePatchAsync(topics, @namespace, "t", status, "status", Limit);

        Assert.Null(ignored["status"]?["state"]);
        Assert.Equal("CREATED", written["status"]!["state"]!.GetValue<string>());
        ResourceList list = await api.Admin.ListAsync(topics, @namespace, null, Limit);
        Assert.Equal("KafkaTopic", Assert.Single(list.Items)["kind"]!.GetValue<string>());
    }

    private static JsonObject Map(JsonObject data) =>
        new() { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = "map" }, ["data"] = data };

    private Task<JsonObject> ApplyAsync(string @namespace, string manager, JsonObject data) =>
        api.Admin.ApplyAsync(ResourceType.ConfigMaps, @namespace, "map", Map(data), new ApplyOptions { FieldManager = manager }, Limit);

    // A definition is served a moment after it says that it is.
    private async Task ServedAsync(ResourceType type)
    {
        while (true)
        {
            try
            {
                await api.Admin.ListAsync(type, null, null, Limit);
                return;
            }
            catch (ApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
            }
        }
    }
}
