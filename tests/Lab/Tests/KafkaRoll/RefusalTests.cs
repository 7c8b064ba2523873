using Confluent.Kafka;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>What a roll refuses, as a person at the command line sees it.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class RefusalTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    [LabTheory]
    [InlineData("single", 1, 1)]
    [InlineData("tight", 2, 2)]
    public async Task Plan_TopicWithoutASpareReplica_IsRefusedWithItsNameAndNumbersAndNothingIsTouched(string topic, short replicas,
        int minInSync)
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Sop sop = new(Cluster.EnvironmentVariables);
        await Cluster.CreateTopicAsync(topic, 1, replicas, minInSync);
        long generation = await GenerationAsync();
        Cluster.Pods.Reset();
        try
        {
            ProgramRun plan = await sop.RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafka");
            ProgramRun start = await sop.RunAsync(
                "start", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafka", "--reason", "monthly restart", "--as", "alice");

            foreach (ProgramRun run in (ProgramRun[])[plan, start])
            {
                Assert.True(run.ExitCode == 3, $"{run.ExitCode}: {run.Output}{run.Errors}\n{worker.Log}");
                string said = string.Join(' ', (run.Output + run.Errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                Assert.Contains("RF_NOT_ABOVE_MIN_ISR", said, StringComparison.Ordinal);
                Assert.Contains($"{topic} (replication factor {replicas}, min ISR {minInSync})", said, StringComparison.Ordinal);
            }

            Assert.Equal(generation, await GenerationAsync());
            Assert.Empty(Cluster.Pods.Deletions);
        }
        finally
        {
            using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Cluster.BootstrapServers })
                .Build();
            await admin.DeleteTopicsAsync([topic]);
        }
    }

    [LabFact]
    public async Task Plan_WrongClusterName_SaysWhichNamesThereAreAndEndsWith2()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        ProgramRun run = await new Sop(Cluster.EnvironmentVariables).RunAsync(
            "plan", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafak");

        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Output}{run.Errors}\n{worker.Log}");
        Assert.Contains("kafkas.platform.confluent.io confluent/kafak", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.Contains("there are kafka", run.Output + run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run.Output + run.Errors);
    }

    [LabFact]
    public async Task Worker_KubeconfigMissing_SaysSoInOneSentenceAndEndsWith2()
    {
        Dictionary<string, string> environment = new(Cluster.EnvironmentVariables) { ["KUBECONFIG"] = "/nowhere/kubeconfig" };
        await using ProgramProcess worker = ProgramProcess.StartWorker(environment);

        Assert.Equal(2, (await worker.EndAsync(TimeSpan.FromMinutes(1))).ExitCode);
        Assert.Contains("/nowhere/kubeconfig", worker.Log, StringComparison.Ordinal);
        AssertNoStackTrace(worker.Log);
    }

    [LabFact]
    public async Task Plan_NoTemporalServer_NamesTheAddressAndEndsWith5()
    {
        Dictionary<string, string> environment = new(Cluster.EnvironmentVariables) { ["TEMPORAL_ADDRESS"] = "127.0.0.1:1" };
        ProgramRun run = await new Sop(environment).RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafka");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("127.0.0.1:1", run.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(run.Output + run.Errors);
    }

    private static void AssertNoStackTrace(string text) => Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);

    private async Task<long> GenerationAsync() =>
        (long)(await Cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka,
            CancellationToken.None))["metadata"]!["generation"]!;
}
