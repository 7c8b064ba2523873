using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Watching;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class WatchOutageTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Watch_ConnectionClosedForAWhile_TellsWhatHappenedMeanwhile()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = proxy.Options.Open(TimeProvider.System);
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), Limit));
        Assert.Equal("Listed", await watch.NextAsync());

        await proxy.Wire.CutAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["a", "b"], Limit);
        await api.Admin.DeleteAsync(ResourceType.ConfigMaps, @namespace, "a", null, Limit);
        Task<IReadOnlyList<string>> told = watch.NextAsync(3);
        await proxy.Wire.MendAsync(Limit);

        Assert.Equal(["Added a", "Added b", "Deleted a"], await told);
    }

    [LabFact]
    public async Task Watch_ConnectionResetInTheMiddleOfAnEvent_TellsItOnce()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = proxy.Options.Open(TimeProvider.System);
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), Limit));
        Assert.Equal("Listed", await watch.NextAsync());

        await proxy.Wire.CutAfterAsync(40_000, Limit);
        await api.Admin.CreateAsync(ResourceType.ConfigMaps, @namespace, ApiServer.ConfigMap("large", new string('x', 200_000)), Limit);
        await api.CreateConfigMapsAsync(@namespace, ["small"], Limit);
        Task<IReadOnlyList<string>> told = watch.NextAsync(2);
        await proxy.Wire.HealAsync(Limit);

        Assert.Equal(["Added large", "Added small"], await told);
    }

    [LabFact]
    public async Task Watch_ServerKilledAndStartedAgain_GoesOn()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await using WatchRecord watch = new(api.Admin.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), Limit));
        Assert.Equal("Listed", await watch.NextAsync());

        Task<IReadOnlyList<string>> told = watch.NextChangesAsync(2);
        await api.Lab.KillAsync("kube-apiserver");
        await api.Lab.UpAsync("kube");
        await api.CreateConfigMapsAsync(@namespace, ["a", "b"], Limit);

        Assert.Equal(["Added a", "Added b"], await told);
    }

    [LabFact]
    public async Task Watch_StateForgottenDuringAnOutage_TellsTheDifference()
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await api.CreateConfigMapsAsync(@namespace, ["changed", "gone", "replaced", "same"], Limit);
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = proxy.Options.Open(TimeProvider.System);
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.ConfigMaps, @namespace, new WatchOptions(), Limit));
        await watch.NextAsync(5);

        await proxy.Wire.CutAsync(Limit);
        JsonObject patch = new() { ["data"] = new JsonObject { ["value"] = "2" } };
        await api.Admin.MergePatchAsync(ResourceType.ConfigMaps, @namespace, "changed", patch, null, Limit);
        await api.Admin.DeleteAsync(ResourceType.ConfigMaps, @namespace, "gone", null, Limit);
        await api.Admin.DeleteAsync(ResourceType.ConfigMaps, @namespace, "replaced", null, Limit);
        await api.CreateConfigMapsAsync(@namespace, ["new", "replaced"], Limit);
        await api.ForgetOldStatesAsync(Limit);
        Task<IReadOnlyList<string>> told = watch.NextAsync(6);
        await proxy.Wire.MendAsync(Limit);

        Assert.Equal(["Modified changed", "Added new", "Deleted replaced", "Added replaced", "Deleted gone", "Listed"], await told);
    }

    [LabFact]
    public async Task Watch_OutageLongerThanAllowed_SaysThatTheServerCannotBeReached()
    {
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = proxy.Options.Open(TimeProvider.System);
        WatchOptions impatient = new() { MaxOutage = TimeSpan.FromSeconds(1) };
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.Leases, "default", impatient, Limit));
        Assert.Equal("Listed", await watch.NextAsync());

        await proxy.Wire.CutAsync(Limit);
        ApiException e = await Assert.ThrowsAsync<ApiException>(() => watch.NextAsync());

        Assert.StartsWith(
            $"WATCH leases.coordination.k8s.io in default on {proxy.Options.Server.ToString().TrimEnd('/')}: "
            + "the server cannot be reached: ",
            e.Message,
            StringComparison.Ordinal);
        Assert.True(e.IsTransient);
    }

    [LabFact]
    public async Task Watch_ServerOutOfReachFromTheBeginning_FailsAtOnce()
    {
        await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
        using IKubernetes client = proxy.Options.Open(TimeProvider.System);
        await proxy.Wire.CutAsync(Limit);
        await using WatchRecord watch = new(client.WatchAsync(ResourceType.Leases, "default", new WatchOptions(), Limit));

        await Assert.ThrowsAsync<ApiException>(() => watch.NextAsync());
    }
}
