using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Targets;
using Orchestrator.Activities.Tests.Kafka.Contract;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka.Sandbox;

/// <summary>The way from an address to a cluster in the box, and what is said where there is none.</summary>
public sealed class SandboxKafkaTests : BoundedTest
{
    private const string Pointed = "sandbox://127.0.0.1:9";

    [Fact]
    public async Task Address_OfTheBox_LeadsThereInTheLaptopProfile()
    {
        await using BoxKafka box = await BoxKafka.StartAsync();
        await using ServiceProvider services = Services("laptop");

        Assert.Equal(
            "QS1jbHVzdGVyLWluLWJveA",
            await services.GetRequiredService<IKafkaCluster>().ReadClusterIdAsync(box.Address, Limit));
    }

    [Fact]
    public async Task Address_OfTheBox_IsRefusedByNameInAnyOtherProfile()
    {
        await using ServiceProvider services = Services("production");

        KafkaUnreadableException refused = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => services.GetRequiredService<IKafkaCluster>().ReadAsync(new(Pointed), Limit));
        Assert.Equal(
            $"the address has '{Pointed}', but clusters in the sandbox are only for the profile laptop, not for production.",
            refused.Reason);
    }

    [Theory]
    [InlineData("laptop", "sandbox://127.0.0.1:9071", null)]
    [InlineData("laptop", "sandbox://127.0.0.1", "which is not a single address sandbox://host:port")]
    [InlineData("laptop", "sandbox://127.0.0.1:1,sandbox://127.0.0.1:2", "which is not a single address sandbox://host:port")]
    [InlineData("laptop", "kafka-0:9071,sandbox://127.0.0.1:2", "which is not a single address sandbox://host:port")]
    [InlineData("production", "sandbox://127.0.0.1:9071", "are only for the profile laptop, not for production.")]
    [InlineData("production", "SANDBOX://127.0.0.1:9071", "are only for the profile laptop, not for production.")]
    public void Inventory_OfAnAddressOfTheBox_IsCheckedWithItsProfile(string profile, string servers, string? mistake)
    {
        ValidateOptionsResult result = new InventoryOptionsValidator().Validate(null, new()
        {
            Profile = profile, Clusters = { ["lab"] = new() { KafkaBootstrapServers = servers } },
        });

        Assert.Equal(mistake is null, result.Succeeded);
        Assert.Contains(mistake ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NobodyThere_SaysSo()
    {
        await using ServiceProvider services = Services("laptop");

        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => services.GetRequiredService<IKafkaCluster>().ReadAsync(new(Pointed), Limit));
        Assert.Equal(($"topics through {Pointed}", $"{Pointed} does not answer: Connection refused."), (error.Unread, error.Reason));
    }

    [Fact]
    public async Task Read_AllListenersCut_IsUnreadableAndTheProcessesAnswerAllTheSame()
    {
        await using BoxKafka box = await BoxKafka.StartAsync();
        foreach (int broker in (int[])[0, 1, 2])
        {
            box.Box.Faults.CutListener(broker);
        }

        KafkaSnapshot snapshot = await box.SnapshotAsync(Limit);
        Assert.Equal([$"topics through {box.Address.BootstrapServers}"], snapshot.Unreadable.Select(source => source.Source));
        Assert.NotNull(snapshot.Quorum!.Leader);
        box.Box.Faults.MendListener(1);
        Assert.Equal(1, (await box.Kafka.ReadAsync(box.Address, Limit)).AnsweredBy);
    }

    [Fact]
    public async Task ReadDisks_ABrokerJustKilled_IsNamed()
    {
        await using BoxKafka box = await BoxKafka.StartAsync();
        box.Box.Faults.FillDisk(1, 90);
        IReadOnlyList<DiskSnapshot> disks = await box.Kafka.ReadDisksAsync(box.Address, Limit);
        Assert.Equal([0, 90, 0], disks.Select(disk => (int)Math.Round(disk.UsedPercent)));

        await box.KillAsync(2);
        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => box.Kafka.ReadDisksAsync(box.Address, Limit));
        Assert.Equal("log folders of broker 2", error.Unread);
    }

    [Fact]
    public async Task Call_WithoutALoginOrARight_IsDeniedAsKafkaDeniesIt()
    {
        await using BoxKafka box = await BoxKafka.StartAsync(new()
        {
            Users = [new() { Name = "worker", Password = "p" }],
            Acls = [new("worker", ["Describe", "DescribeConfigs"], "orders"), new("worker", ["Describe"])],
            Topics = [new() { Name = "orders" }, new() { Name = "payments" }],
        });
        KafkaAddress worker = box.Address with { Credentials = new() { Username = "worker", Password = "p" } };

        KafkaUnreadableException nobody = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => box.Kafka.ReadAsync(box.Address with { Credentials = new() { Username = "worker", Password = "x" } }, Limit));
        Assert.Equal((ErrorCode.SaslAuthenticationFailed, "to log in"), (nobody.Code, KafkaDenials.Denied(nobody)));
        Assert.Equal(["orders"], (await box.Kafka.ReadAsync(worker, Limit)).Topics.Select(topic => topic.Name));
        KafkaUnreadableException denied = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => box.Kafka.ElectPreferredLeadersAsync(worker, Limit));
        Assert.Equal(("Alter on the cluster", "Alter on the cluster"), (denied.Needs, KafkaDenials.Denied(denied)));
    }

    [Fact]
    public async Task Canary_WithTooFewInSync_FailsAsAProducerDoes()
    {
        await using BoxKafka box = await BoxKafka.StartAsync();
        await using ServiceProvider services = Services("laptop", TimeSpan.FromSeconds(1));
        await box.StopAsync(0);
        await box.StopAsync(1);

        KafkaCanaryException failed = await Assert.ThrowsAsync<KafkaCanaryException>(async () =>
        {
            await box.Kafka.RunCanaryAsync(box.Address, Limit);
            box.Box.Admin.SetTopicSetting("orchestrator-canary", "min.insync.replicas", "2");
            box.Box.Admin.Reassign("orchestrator-canary", 0, [2, 1]);
            await services.GetRequiredService<IKafkaCluster>().RunCanaryAsync(box.Address, Limit);
        });
        Assert.Equal(ErrorCode.NotEnoughReplicas, failed.Error.Code);
    }

    [Theory]
    [InlineData("kill?node=1", 204)]
    [InlineData("slow-catch-up?broker=1&factor=0.5", 204)]
    [InlineData("slow-catch-up?broker=1&factor=-1", 422)]
    [InlineData("hold-replica?topic=orders&partition=0&broker=1", 204)]
    [InlineData("hold-replica?topic=none&partition=0&broker=1", 422)]
    [InlineData("cut-off-controller?controller=9990", 204)]
    [InlineData("fill-disk?broker=7&percent=90", 422)]
    [InlineData("kill", 400)]
    [InlineData("explode", 404)]
    public async Task Fault_OverHttp_IsDoneOrRefused(string call, int status)
    {
        await using KafkaBox box = await KafkaBox.StartAsync(new() { Scenario = new() { Topics = [new() { Name = "orders" }] } });
        using HttpClient http = new();
        using HttpResponseMessage response = await http.PostAsync(new Uri($"http://{box.Address}/v1/faults/{call}"), null, Limit);

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static ServiceProvider Services(string profile, TimeSpan? limit = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Waits(TimeProvider.System));
        services.Configure<InventoryOptions>(options => options.Profile = profile);
        services.AddKafka(new ConfigurationBuilder().Build());
        services.Configure<KafkaClientOptions>(options => options.CallTimeout = limit ?? options.CallTimeout);
        return services.BuildServiceProvider();
    }
}
