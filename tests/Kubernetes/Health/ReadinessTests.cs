using k8s;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Health;

[Collection(ApiServerCollection.Name)]
public sealed class ReadinessTests(ApiServer api) : BoundedTest
{
    [LabFact]
    [Trait("Category", "Lab")]
    public async Task IsReady_OfAHealthyServer_IsTrue() => Assert.True(await api.Admin.IsReadyAsync(Limit));

    [LabFact]
    [Trait("Category", "Lab")]
    public async Task GetRaw_Metrics_AreText() =>
        Assert.Contains("apiserver_request_total{", await api.Admin.GetRawAsync("/metrics", Limit), StringComparison.Ordinal);

    [Fact]
    public async Task IsReady_CheckThatFails_IsFalse()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n");
        });
        using IKubernetes kubernetes = server.Client(TimeProvider.System);

        Assert.False(await kubernetes.IsReadyAsync(Limit));
    }

    [Fact]
    public async Task IsReady_ServerOutOfReach_IsAnErrorAndNotANo()
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1") }.Open(TimeProvider.System);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.IsReadyAsync(Limit));

        Assert.Equal("GET /readyz on http://127.0.0.1:1: the server cannot be reached: Connection refused", e.Message);
    }
}
