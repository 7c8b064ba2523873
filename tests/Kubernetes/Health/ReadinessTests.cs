using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Health;

[Collection(ApiServerCollection.Name)]
public sealed class ReadinessTests(ApiServer api) : BoundedTest
{
    [LabFact]
    [Trait("Category", "Lab")]
    public async Task Readiness_OfAHealthyServer_NamesTheChecksThatPassed()
    {
        Readiness readiness = await api.Admin.ReadinessAsync(Limit);

        Assert.True(readiness.IsReady);
        Assert.Contains("etcd", readiness.Passed);
        Assert.Empty(readiness.Failed);
    }

    [LabFact]
    [Trait("Category", "Lab")]
    public async Task GetRaw_Metrics_AreText() =>
        Assert.Contains("apiserver_request_total{", await api.Admin.GetRawAsync("/metrics", Limit), StringComparison.Ordinal);

    [Fact]
    public async Task Readiness_CheckThatFails_IsNamed()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n");
        });
        using KubernetesClient kubernetes = server.Client(TimeProvider.System);

        Readiness readiness = await kubernetes.ReadinessAsync(Limit);

        Assert.False(readiness.IsReady);
        Assert.Equal(("ping", "etcd"), (Assert.Single(readiness.Passed), Assert.Single(readiness.Failed)));
    }

    [Fact]
    public async Task IsReady_ServerOutOfReach_IsAnErrorAndNotANo()
    {
        using KubernetesClient kubernetes = new(new() { Server = new Uri("http://127.0.0.1:1") }, TimeProvider.System);

        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => kubernetes.IsReadyAsync(Limit));

        Assert.Equal("GET /readyz on http://127.0.0.1:1: the server cannot be reached: Connection refused", e.Message);
    }
}
