using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Calls;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class CallTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task OnCall_EveryAnswer_IsToldWithItsAuditId()
    {
        List<ApiCall> calls = [];
        using KubernetesClient client = new(api.Admin.Options with { OnCall = calls.Add }, TimeProvider.System);

        await client.FindAsync(ResourceType.Pods, "default", "nobody", Limit);
        await client.ListAsync(ResourceType.Nodes, null, null, Limit);

        Assert.Equal(
            [("GET", "pods default/nobody", 404), ("LIST", "nodes", 200)], calls.Select(call => (call.Verb, call.Resource, call.StatusCode)));
        Assert.All(calls, call => Assert.True(Guid.TryParse(call.AuditId, out _)));
        Assert.NotEqual(calls[0].AuditId, calls[1].AuditId);
    }

    [LabFact]
    public async Task OnCall_KindThatIsDeprecated_CarriesTheWarning()
    {
        List<ApiCall> calls = [];
        using KubernetesClient client = new(api.Admin.Options with { OnCall = calls.Add }, TimeProvider.System);

        await client.ListAsync(new ResourceType("", "v1", "componentstatuses", Namespaced: false), null, null, Limit);

        Assert.Equal(["v1 ComponentStatus is deprecated in v1.19+"], Assert.Single(calls).Warnings);
    }
}
