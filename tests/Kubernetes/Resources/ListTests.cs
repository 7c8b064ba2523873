using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Resources;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class ListTests(ApiServer api) : BoundedTest
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g"];

    [LabFact]
    public async Task List_SevenObjectsInPagesOfThree_JoinsAllInOrder()
    {
        string @namespace = await NamespaceWithConfigMapsAsync();

        ResourceList list = await api.Admin.ListAsync(ResourceType.ConfigMaps, @namespace, OwnMaps(3), Limit);

        Assert.Equal(Names, list.Items.Select(item => item.Name()));
        Assert.NotEmpty(list.ResourceVersion);
    }

    [LabFact]
    public async Task List_KindOfTheServer_FillsInKindAndApiVersion()
    {
        string @namespace = await NamespaceWithConfigMapsAsync();

        ResourceList list = await api.Admin.ListAsync(ResourceType.ConfigMaps, @namespace, OwnMaps(3), Limit);

        Assert.All(
            list.Items,
            item => Assert.Equal(("v1", "ConfigMap"), (item["apiVersion"]!.GetValue<string>(), item["kind"]!.GetValue<string>())));
    }

    [LabFact]
    public async Task List_NothingThere_IsEmptyWithResourceVersion()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);

        ResourceList list = await api.Admin.ListAsync(ResourceType.Pods, @namespace, null, Limit);

        Assert.Empty(list.Items);
        Assert.NotEmpty(list.ResourceVersion);
    }

    [LabFact]
    public async Task Stream_StateForgottenBetweenPages_IsExpired()
    {
        string @namespace = await NamespaceWithConfigMapsAsync();
        List<string> seen = [];

        ApiException e = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (JsonObject item in api.Admin.StreamAsync(ResourceType.ConfigMaps, @namespace, OwnMaps(1), Limit))
            {
                seen.Add(item.Name());
                await api.ForgetOldStatesAsync(Limit);
            }
        });

        Assert.Equal(["a"], seen);
        Assert.True(e.IsExpired);
        Assert.StartsWith(
            $"LIST configmaps in {@namespace} on {api.Connection.Server.ToString().TrimEnd('/')}: 410 Expired: ",
            e.Message,
            StringComparison.Ordinal);
    }

    [LabFact]
    public async Task List_StateForgottenBetweenPages_BeginsAnew()
    {
        string @namespace = await NamespaceWithConfigMapsAsync();
        int pages = 0;
        await using RelayServer relay = await RelayServer.StartAsync(api, async _ =>
        {
            if (++pages == 2)
            {
                await api.ForgetOldStatesAsync(Limit);
            }
        });
        // The server is started again within one of its calls.
        using IKubernetes client = (relay.Options with { Timeout = TimeSpan.FromMinutes(5) }).Open(TimeProvider.System);

        ResourceList list = await client.ListAsync(ResourceType.ConfigMaps, @namespace, OwnMaps(4), Limit);

        Assert.Equal(Names, list.Items.Select(item => item.Name()));
        Assert.Equal(4, pages);
    }

    private static ListOptions OwnMaps(int pageSize) => new() { FieldSelector = "metadata.name!=kube-root-ca.crt", PageSize = pageSize };

    private async Task<string> NamespaceWithConfigMapsAsync()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, Names, Limit);
        return @namespace;
    }
}
