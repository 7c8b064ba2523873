using System.Security.Cryptography;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Resources;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class ListOutageTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Stream_ServerKilledBetweenPages_FailsAndWorksAgainAfterwards()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a", "b", "c"], Limit);
        ListOptions oneByOne = new() { PageSize = 1 };
        List<string> seen = [];

        ApiException e = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (JsonObject item in api.Admin.StreamAsync(ResourceType.ConfigMaps, @namespace, oneByOne, Limit))
            {
                seen.Add(item.Name());
                await api.Lab.KillAsync("kube-apiserver");
            }
        });
        await api.Lab.UpAsync("kube");

        Assert.Equal(["a"], seen);
        Assert.Equal((null, true), (e.StatusCode, e.IsTransient));
        ResourceList list = await api.Admin.ListAsync(ResourceType.ConfigMaps, @namespace, oneByOne, Limit);
        Assert.Equal(["a", "b", "c"], list.Items.Select(item => item.Name()).Where(name => name.Length == 1));
    }

    [LabFact]
    public async Task List_ConnectionCutInTheMiddleOfAPage_FailsInsteadOfAPartialList()
    {
        (string @namespace, ProxiedApiServer proxy) = await NamespaceWithAMegabyteAsync();
        await using (proxy)
        {
            using IKubernetes client = proxy.Options.Open(TimeProvider.System);
            await client.IsReadyAsync(Limit);
            await proxy.Wire.CutAfterAsync(100_000, Limit);

            ApiException e = await Assert.ThrowsAsync<ApiException>(
                () => client.ListAsync(ResourceType.ConfigMaps, @namespace, null, Limit));

            Assert.StartsWith(
                $"LIST configmaps in {@namespace} on {proxy.Options.Server.ToString().TrimEnd('/')}: the connection broke: ",
                e.Message,
                StringComparison.Ordinal);
            Assert.Equal((null, true), (e.StatusCode, e.IsTransient));
        }
    }

    [LabFact]
    public async Task List_ConnectionReset_FailsAndWorksAgainAfterwards()
    {
        (string @namespace, ProxiedApiServer proxy) = await NamespaceWithAMegabyteAsync();
        await using (proxy)
        {
            using IKubernetes client = proxy.Options.Open(TimeProvider.System);
            await client.IsReadyAsync(Limit);
            await proxy.Wire.ResetAsync(Limit);

            ApiException e = await Assert.ThrowsAsync<ApiException>(
                () => client.ListAsync(ResourceType.ConfigMaps, @namespace, null, Limit));
            await proxy.Wire.HealAsync(Limit);

            Assert.Equal((null, true), (e.StatusCode, e.IsTransient));
            ResourceList list = await client.ListAsync(ResourceType.ConfigMaps, @namespace, null, Limit);
            Assert.Equal(10, list.Items.Count(item => item.Name().StartsWith('m')));
        }
    }

    [LabFact]
    public async Task List_ServerFallsSilent_EndsAtTheTimeout()
    {
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = (proxy.Options with { Timeout = TimeSpan.FromSeconds(1) }).Open(TimeProvider.System);
        await client.IsReadyAsync(Limit);
        await proxy.Wire.SilenceAsync(Limit);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ResourceType.Pods, "default", null, Limit));

        Assert.Equal($"LIST pods in default on {proxy.Options.Server.ToString().TrimEnd('/')}: no answer within 1 s", e.Message);
        Assert.Equal((null, true), (e.StatusCode, e.IsTransient));
    }

    private async Task<(string Namespace, ProxiedApiServer Proxy)> NamespaceWithAMegabyteAsync()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        for (int i = 0; i < 10; i++)
        {
            string incompressible = Convert.ToBase64String(RandomNumberGenerator.GetBytes(100_000));
            await api.Admin.CreateAsync(ResourceType.ConfigMaps, @namespace, ApiServer.ConfigMap($"m{i}", incompressible), Limit);
        }

        return (@namespace, await ProxiedApiServer.StartAsync(api, Limit));
    }
}
