using System.Text;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Tests.Nodes;

/// <summary>Programs in the pods of the live cluster, through the real API server.</summary>
[Collection(LabClusterCollection.Name)]
[Trait("Category", "Lab")]
public sealed class PodExecTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));

    public Task InitializeAsync() => fixture.Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Exec_OfAProgram_RunsInThePodsFolderAndTellsHowItEnded()
    {
        ExecResult found = await ExecAsync(
            "sh", "-c", "grep -c ^process.roles= server.properties; echo \"$POD_NAMESPACE/$POD_NAME\" >&2; exit 3");

        Assert.Equal(new ExecResult(3, "1\n", $"{LabCluster.Namespace}/kafka-0\n", IsTruncated: false), found);
    }

    [LabFact]
    public async Task Exec_Input_ReachesTheProgramWithItsEnd()
    {
        ExecOptions count = new() { Command = ["wc", "-c"], Input = Encoding.UTF8.GetBytes(new string('i', 100_000)) };

        ExecResult counted = await fixture.Cluster.Kubernetes.ExecAsync(LabCluster.Namespace, "kafka-0", count, _limit.Token);

        Assert.Equal((0, "100000"), (counted.ExitCode, counted.Output.Trim()));
    }

    [LabFact]
    public async Task Exec_ProgramThatIsNotThere_SaysSo()
    {
        ApiException e = await Assert.ThrowsAsync<ApiException>(() => ExecAsync("no-such-program"));

        Assert.StartsWith($"EXEC pods/exec {LabCluster.Namespace}/kafka-0 on ", e.Message, StringComparison.Ordinal);
        Assert.Contains("unable to start container process", e.Message, StringComparison.Ordinal);
    }

    private Task<ExecResult> ExecAsync(params string[] command) => fixture.Cluster.Kubernetes.ExecAsync(
        LabCluster.Namespace, "kafka-0", new ExecOptions { Command = command }, _limit.Token);
}
