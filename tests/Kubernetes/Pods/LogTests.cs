using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Pods;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class LogTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task ReadLog_TailOfAContainer_AsksTheKubeletForIt()
    {
        string? asked = null;
        (Kubelet kubelet, string @namespace) = await PodAsync(context =>
        {
            asked = context.Request.Path + context.Request.QueryString;
            return context.Response.WriteAsync("one\ntwo\nthree");
        });
        await using (kubelet)
        {
            LogOptions options = new() { Container = "main", TailLines = 3, Since = TimeSpan.FromMinutes(1), Timestamps = true, LimitBytes = 100 };

            List<string> lines = [];
            await foreach (string line in api.Admin.ReadLogAsync(@namespace, "writer", options, Limit))
            {
                lines.Add(line);
            }

            Assert.Equal(["one", "two", "three"], lines);
            Assert.Equal($"/containerLogs/{@namespace}/writer/main?limitBytes=100&sinceSeconds=60&tailLines=3&timestamps=true", asked);
        }
    }

    [LabFact]
    public async Task ReadLog_Followed_TellsEachLineAsItIsWritten()
    {
        using SemaphoreSlim write = new(1);
        (Kubelet kubelet, string @namespace) = await PodAsync(async context =>
        {
            foreach (string line in (string[])["one\n", "two\n"])
            {
                await write.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync(line);
                await context.Response.Body.FlushAsync();
            }
        });
        await using (kubelet)
        {
            List<string> lines = [];
            await foreach (string line in api.Admin.ReadLogAsync(@namespace, "writer", new LogOptions { Follow = true }, Limit))
            {
                lines.Add(line);
                write.Release();
            }

            Assert.Equal(["one", "two"], lines);
        }
    }

    [LabFact]
    public async Task ReadLog_ConnectionThatBreaksOff_FailsInsteadOfEnding()
    {
        (Kubelet kubelet, string @namespace) = await PodAsync(async context =>
        {
            await context.Response.WriteAsync("one\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using (kubelet)
        {
            await using ProxiedApiServer proxy = await ProxiedApiServer.StartAsync(api, Limit);
            using KubernetesClient client = new(proxy.Options, TimeProvider.System);
            List<string> lines = [];
            KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(async () =>
            {
                await foreach (string line in client.ReadLogAsync(@namespace, "writer", new LogOptions { Follow = true }, Limit))
                {
                    lines.Add(line);
                    await proxy.Wire.CutAsync(Limit);
                }
            });

            Assert.Equal(["one"], lines);
            Assert.StartsWith($"LOG pods/log {@namespace}/writer on ", e.Message, StringComparison.Ordinal);
            Assert.True(e.IsTransient);
        }
    }

    private async Task<(Kubelet Kubelet, string Namespace)> PodAsync(RequestDelegate log)
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        Kubelet kubelet = await Kubelet.StartAsync(api, log, (_, _) => new ProgramEnd("", "", 0), Limit);
        await kubelet.CreatePodAsync(@namespace, "writer", Limit);
        return (kubelet, @namespace);
    }
}
