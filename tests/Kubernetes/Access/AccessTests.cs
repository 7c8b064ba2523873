using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Access;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class AccessTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task ReviewAccess_OfAdminAndOfViewer_DiffersForTheSameQuestion()
    {
        using KubernetesClient viewer = new(api.Viewer, TimeProvider.System);
        AccessQuestion evict = new("create", ResourceType.Pods, "kafka") { Subresource = "eviction" };

        AccessReview ofAdmin = await api.Admin.ReviewAccessAsync(evict, Limit);
        AccessReview ofViewer = await viewer.ReviewAccessAsync(evict, Limit);

        Assert.Equal((true, false), (ofAdmin.IsAllowed, ofViewer.IsAllowed));
        Assert.Equal("create pods/eviction in kafka", evict.ToString());
    }
}
