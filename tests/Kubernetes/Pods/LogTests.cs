using k8s;
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
            using Stream log = await api.Admin.CoreV1.ReadNamespacedPodLogAsync(
                "writer", @namespace, "main", limitBytes: 100, sinceSeconds: 60, tailLines: 3, timestamps: true, cancellationToken: Limit);
            using StreamReader reader = new(log);

            Assert.Equal("one\ntwo\nthree", await reader.ReadToEndAsync(Limit));
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
            ManualClock clock = new();
            using IKubernetes client = api.Connection.Open(clock);
            using Stream log = await client.CoreV1.ReadNamespacedPodLogAsync("writer", @namespace, follow: true, cancellationToken: Limit);
            using StreamReader reader = new(log);
            List<string> lines = [];
            while (await reader.ReadLineAsync(Limit) is { } line)
            {
                lines.Add(line);
                // Longer than a call may take: what is followed has no end that is known beforehand.
                clock.Advance(api.Connection.Timeout * 2);
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
            using IKubernetes client = proxy.Options.Open(TimeProvider.System);
            List<string> lines = [];
            ApiException e = await Assert.ThrowsAsync<ApiException>(async () =>
            {
                using Stream log = await client.CoreV1.ReadNamespacedPodLogAsync(
                    "writer", @namespace, follow: true, cancellationToken: Limit);
                using StreamReader reader = new(log);
                while (await reader.ReadLineAsync(Limit) is { } line)
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
