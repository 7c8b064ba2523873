using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Temporalio.Activities;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Temporalio.Tests.Hosting;

public sealed class WorkerRegistrationTests
{
    [Fact]
    public void AddHostedTemporalWorker_TwiceOnOneTaskQueue_IsRefused()
    {
        ServiceCollection services = new();
        services.AddHostedTemporalWorker("queue");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => services.AddHostedTemporalWorker("queue"));
        Assert.Contains("queue", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddHostedTemporalWorker_TwoVersionsOnOneTaskQueue_HaveOptionsOfTheirOwn()
    {
        ServiceCollection services = new();
        foreach (string build in new[] { "1.0", "1.1" })
        {
            services.AddHostedTemporalWorker("queue", new WorkerDeploymentOptions(new("orchestrator", build), useWorkerVersioning: true))
                .ConfigureOptions(options => options.Identity = build);
        }

        using ServiceProvider provider = services.BuildServiceProvider();
        IOptionsMonitor<TemporalWorkerServiceOptions> monitor = provider.GetRequiredService<IOptionsMonitor<TemporalWorkerServiceOptions>>();
        Assert.Equal("1.0", monitor.Get("queue!_!orchestrator.1.0").Identity);
        Assert.Equal("1.1", monitor.Get("queue!_!orchestrator.1.1").DeploymentOptions!.Version!.BuildId);
    }

    [Fact]
    public void HostedWorker_WithoutAnyClient_SaysHowToGiveItOne()
    {
        ServiceCollection services = new();
        services.AddHostedTemporalWorker("queue").AddStaticActivities<PlainActivities>();
        using ServiceProvider provider = services.BuildServiceProvider();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => provider.GetServices<IHostedService>());
        Assert.Contains("AddTemporalClient", error.Message, StringComparison.Ordinal);
    }

    public sealed class PlainActivities
    {
        [Activity]
        public static void Do()
        {
        }
    }
}
