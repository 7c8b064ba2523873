using k8s;
using k8s.Models;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Access;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class AccessTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task ReviewAccess_OfAdminAndOfViewer_DiffersForTheSameQuestion()
    {
        using IKubernetes viewer = api.Viewer.Open(TimeProvider.System);
        V1ResourceAttributes evict = new() { Verb = "create", Resource = "pods", Subresource = "eviction", NamespaceProperty = "kafka" };

        V1SubjectAccessReviewStatus ofAdmin = await api.Admin.ReviewAccessAsync(evict, Limit);
        V1SubjectAccessReviewStatus ofViewer = await viewer.ReviewAccessAsync(evict, Limit);

        Assert.Equal((true, false), (ofAdmin.Allowed, ofViewer.Allowed));
    }
}
