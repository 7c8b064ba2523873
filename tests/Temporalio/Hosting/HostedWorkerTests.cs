using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Tests.Worker;

namespace Temporalio.Tests.Hosting;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class HostedWorkerTests(RealServer server)
{
    private readonly string _taskQueue = RealServer.NewId("queue");

    [LabFact]
    public async Task ScopedActivities_EachAttempt_HasAScopeThatOutlivesItsAwaits()
    {
        ConcurrentQueue<string> events = [];
        using IHost host = Build(services =>
        {
            services.AddSingleton(events).AddScoped<ScopedResource>();
            services.AddTemporalClient(server.Address);
            services.AddHostedTemporalWorker(_taskQueue).AddScopedActivities<ScopedActivities>();
        });
        await host.StartAsync();
        foreach (string broker in new[] { "kafka-0", "kafka-1" })
        {
            Assert.Equal($"{broker} done", await ResultAsync("Use", broker));
        }

        await host.StopAsync().Within();
        Assert.Equal(["made", "used kafka-0", "disposed", "made", "used kafka-1", "disposed"], events);
    }

    [LabFact]
    public async Task Activities_OfEveryLifetime_RunOnOneWorkerWithItsOwnClient()
    {
        using IHost host = Build(services => services.AddHostedTemporalWorker(server.Address, "default", _taskQueue)
            .AddSingletonActivities<CountingActivities>()
            .AddTransientActivities<TransientActivities>()
            .AddStaticActivities<StaticActivities>()
            .AddActivitiesInstance(new InstanceActivities("given")));
        await host.StartAsync();
        Assert.Equal(1, await ResultAsync<int>("Count"));
        Assert.Equal(2, await ResultAsync<int>("Count"));
        Assert.Equal("x", await ResultAsync("Echo", "x"));
        Assert.Equal("static", await ResultAsync("Static"));
        Assert.Equal("given", await ResultAsync("Instance"));
        await host.StopAsync().Within();
    }

    [LabFact]
    public async Task ActivityScope_SetByAnInterceptor_IsTheActivitysAndStaysItsOwn()
    {
        ConcurrentQueue<string> events = [];
        using IHost host = Build(services =>
        {
            services.AddSingleton(events).AddScoped<ScopedResource>();
            services.AddHostedTemporalWorker(server.Address, "default", _taskQueue)
                .AddScopedActivities<ScopedActivities>()
                .ConfigureOptions()
                .Configure<IServiceProvider>((options, provider) => options.Interceptors = [new ScopeInterceptor(provider, events)]);
        });
        await host.StartAsync();
        Assert.Equal("kafka-0 done", await ResultAsync("Use", "kafka-0"));
        await host.StopAsync().Within();
        Assert.Equal(["made", "used kafka-0", "after the activity", "disposed"], events);
    }

    [LabFact]
    public async Task HostStopped_RunningActivity_IsToldAndWaitedFor()
    {
        ShutdownActivities activities = new();
        using IHost host = Build(services => services.AddHostedTemporalWorker(server.Address, "default", _taskQueue)
            .AddActivitiesInstance(activities)
            .ConfigureOptions(options => options.GracefulShutdownTimeout = TimeSpan.FromSeconds(30)));
        await host.StartAsync();
        StandaloneActivity activity = await StandaloneActivity.StartAsync(server.Connection, _taskQueue, "WaitForShutdown");
        await activities.Started.Task.Within();
        await host.StopAsync().Within();
        Assert.Equal("saw the shutdown", await activity.ResultAsync<string>());
    }

    [LabFact]
    public async Task ClientUpdater_NewClient_IsTheOneOfTheNextActivities()
    {
        TemporalWorkerClientUpdater updater = new();
        using IHost host = Build(services => services.AddHostedTemporalWorker(server.Address, "default", _taskQueue)
            .AddStaticActivities<StaticActivities>()
            .ConfigureOptions(options => options.WorkerClientUpdater = updater));
        await host.StartAsync();
        Assert.NotEqual("renewed", await ResultAsync("Identity"));
        updater.UpdateTemporalWorkerClient(await TemporalClient.ConnectAsync(new(server.Address) { Identity = "renewed" }));
        Assert.Equal("renewed", await ResultAsync("Identity"));
        await host.StopAsync().Within();
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        configure(builder.Services);
        return builder.Build();
    }

    private Task<string> ResultAsync(string type, params object?[] arguments) => ResultAsync<string>(type, arguments);

    private async Task<T> ResultAsync<T>(string type, params object?[] arguments)
    {
        StandaloneActivity activity = await StandaloneActivity.StartAsync(
            server.Connection, _taskQueue, type, StandaloneActivity.Json(arguments), request => request.RetryPolicy.MaximumAttempts = 1);
        return await activity.ResultAsync<T>();
    }

    public sealed class CountingActivities
    {
        private int _count;

        [Activity]
        public int Count() => ++_count;
    }

    public sealed class TransientActivities
    {
        [Activity]
        public string Echo(string text) => text;
    }

    public sealed class StaticActivities
    {
        [Activity]
        public static string Static() => "static";

        [Activity]
        public static string? Identity() => ActivityExecutionContext.Current.TemporalClient.Connection.Options.Identity;
    }

    public sealed class InstanceActivities(string text)
    {
        [Activity]
        public string Instance() => text;
    }

    public sealed class ShutdownActivities
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity]
        public async Task<string> WaitForShutdownAsync()
        {
            Started.SetResult();
            await ActivityExecutionContext.Current.WorkerShutdownToken.CancelledWithin();
            return "saw the shutdown";
        }
    }
}
