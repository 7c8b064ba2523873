using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Discovery;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class DiscoveryTests(ApiServer api) : BoundedTest
{
    [LabTheory]
    [InlineData("apps", "StatefulSet")]
    [InlineData("apps", "statefulsets")]
    [InlineData("apps", "sts")]
    public async Task Discover_KindPluralOrShortName_FindsTheResource(string group, string name)
    {
        DiscoveredResource found = await api.Admin.DiscoverAsync(group, name, Limit);

        Assert.Equal(("StatefulSet", ResourceType.StatefulSets), (found.Kind, found.Type));
        Assert.Contains("patch", found.Verbs);
    }

    [LabFact]
    public async Task Discover_CoreGroup_ListsItsKindsWithoutSubresources()
    {
        IReadOnlyList<DiscoveredResource> core = await api.Admin.DiscoverAsync("", Limit);

        Assert.Contains(core, kind => kind is { Kind: "Pod", Type.Namespaced: true } && kind.Type == ResourceType.Pods);
        Assert.Contains(core, kind => kind is { Kind: "Node", Type.Namespaced: false });
        Assert.DoesNotContain(core, kind => kind.Type.Plural.Contains('/', StringComparison.Ordinal));
    }

    [LabFact]
    public async Task Discover_MisspelledKind_NamesTheNearOnes()
    {
        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => api.Admin.DiscoverAsync("apps", "StatefullSet", Limit));

        Assert.Equal(
            $"DISCOVER StatefullSet on {api.Admin.Options.Server.ToString().TrimEnd('/')}: group apps has no such kind; near it are StatefulSet, statefulsets",
            e.Message);
        Assert.False(e.IsTransient);
    }

    [LabFact]
    public async Task Discover_MisspelledGroup_NamesTheNearOnes()
    {
        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => api.Admin.DiscoverAsync("storage.k8s.oi", Limit));

        Assert.EndsWith(": the server serves no such group; near it are storage.k8s.io", e.Message, StringComparison.Ordinal);
    }
}
