using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Watching;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class WatchTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Watch_ObjectsThereBefore_AreToldFirstThenTheChanges()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a", "b"], Limit);
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), Limit));

        Assert.Equal(["Added a", "Added b", "Listed"], await watch.NextAsync(3));
        await ChangeAsync(@namespace);

        Assert.Equal(["Added c", "Modified a", "Deleted b"], await watch.NextAsync(3));
    }

    [LabFact]
    public async Task Watch_FromAListOfTheCaller_TellsOnlyWhatCameAfter()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a", "b"], Limit);
        ResourceList list = await api.Admin.ListAsync(ResourceType.ConfigMaps, @namespace, null, Limit);
        await ChangeAsync(@namespace);

        WatchOptions fromList = new() { ResourceVersion = list.ResourceVersion };
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, @namespace, fromList, Limit));

        Assert.Equal(["Added c", "Modified a", "Deleted b"], await watch.NextAsync(3));
    }

    [LabFact]
    public async Task Watch_OneObject_TellsOfNoOther()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a", "b"], Limit);
        WatchOptions one = new() { FieldSelector = "metadata.name=a" };
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, @namespace, one, Limit));

        Assert.Equal(["Added a", "Listed"], await watch.NextAsync(2));
        await ChangeAsync(@namespace);

        Assert.Equal("Modified a", await watch.NextAsync());
    }

    [LabFact]
    public async Task Watch_ForgottenResourceVersionOfTheCaller_IsExpired()
    {
        WatchOptions old = new() { ResourceVersion = "1" };
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, "default", old, Limit));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => watch.NextAsync());

        Assert.True(e.IsExpired);
        Assert.StartsWith(
            $"WATCH configmaps in default on {api.Connection.Server.ToString().TrimEnd('/')}: 410 Expired: ",
            e.Message,
            StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Watch_WithoutRights_FailsAtOnce()
    {
        using IKubernetes viewer = api.Viewer.Open(TimeProvider.System);
        await using WatchRecord watch = new(viewer.WatchAsync(ResourceType.ConfigMaps, "default", new WatchOptions(), Limit));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => watch.NextAsync());

        Assert.Equal("Forbidden", e.Reason);
    }

    [LabFact]
    public async Task Watch_ConnectionsThatLiveForASecond_TellsEveryChangeOnce()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        int connections = 0;
        await using RelayServer relay = await RelayServer.StartAsync(api, request =>
        {
            connections += request.Query.ContainsKey("watch") ? 1 : 0;
            return Task.CompletedTask;
        });
        using IKubernetes client = relay.Options.Open(TimeProvider.System);
        WatchOptions brief = new() { ConnectionLifetime = TimeSpan.FromSeconds(1) };
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.ConfigMaps, @namespace, brief, Limit));
        Assert.Equal("Listed", await watch.NextAsync());

        List<string> created = [];
        List<string> told = [];
        while (connections < 4)
        {
            created.Add($"m{created.Count}");
            await api.CreateConfigMapsAsync(@namespace, created.TakeLast(1), Limit);
            told.Add(await watch.NextAsync());
        }

        Assert.Equal(created.Select(name => $"Added {name}"), told);
    }

    [LabFact]
    public async Task Watch_Cancelled_EndsWithCancellation()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), stop.Token));
        Assert.Equal("Listed", await watch.NextAsync());

        Task<string> next = watch.NextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private async Task ChangeAsync(string @namespace)
    {
        await api.CreateConfigMapsAsync(@namespace, ["c"], Limit);
        JsonObject patch = new() { ["data"] = new JsonObject { ["value"] = "2" } };
        await api.Admin.MergePatchAsync(ResourceType.ConfigMaps, @namespace, "a", patch, null, Limit);
        await api.Admin.DeleteAsync(ResourceType.ConfigMaps, @namespace, "b", null, Limit);
    }
}
