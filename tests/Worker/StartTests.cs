using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Worker.Tests;

/// <summary>How a worker starts and stops where no server runs.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task NoKubeconfig_EndsWith2AndSaysHowToSetOne()
    {
        await using WorkerProcess worker = WorkerProcess.Start(kubeconfig: null, []);

        Assert.Equal(
            (2, "error: No cluster is configured: {home}/kubeconfig has no cluster, and this is not a pod of a cluster. "
                + "Set KUBECONFIG, or configure clusters under Orchestrator:Clusters.\n"),
            await worker.EndAsync());
        Assert.Equal("", worker.Log());
    }

    [Fact]
    public async Task ManyMistakes_AreAllTold()
    {
        await using WorkerProcess worker = WorkerProcess.Start(WorkerProcess.Kubeconfig, new()
        {
            ["ORCHESTRATOR__CLUSTERS__prod__NAMESPACE"] = "confluent",
            ["ORCHESTRATOR__HEALTH__PORT"] = "70000",
            ["ORCHESTRATOR__WORKER__DRAINFOR"] = "-00:00:01",
            ["ORCHESTRATOR__WORKER__MAXCONCURRENTWORKFLOWTASKS"] = "1",
        });

        (int exitCode, string errors) = await worker.EndAsync();

        Assert.Equal(
            [
                "",
                "error: Orchestrator:Clusters:prod cannot be used: context 'prod' is not in {home}/kubeconfig: the contexts are lab.",
                "error: Orchestrator:Health:Port is 70000, not a port from 0 to 65535. Set it there or as the variable ORCHESTRATOR__HEALTH__PORT.",
                "error: Orchestrator:Worker:DrainFor is -00:00:01, not from 00:00:00 to 00:10:00. Set it there or as the variable ORCHESTRATOR__WORKER__DRAINFOR.",
                "error: Orchestrator:Worker:MaxConcurrentWorkflowTasks is 1, not from 2 to 10000. Set it there or as the variable ORCHESTRATOR__WORKER__MAXCONCURRENTWORKFLOWTASKS.",
            ],
            errors.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task ValueOfTheWrongKind_EndsWith2AndNamesItsKey()
    {
        await using WorkerProcess worker = WorkerProcess.Start(WorkerProcess.Kubeconfig, new() { ["ORCHESTRATOR__HEALTH__PORT"] = "many" });

        Assert.Equal((2, "error: Failed to convert configuration value 'many' at 'Orchestrator:Health:Port' to type 'System.Int32'.\n"), await worker.EndAsync());
    }

    [Fact]
    public async Task TakenHealthPort_EndsWith2AndSaysHowToTakeAnother()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using WorkerProcess worker = WorkerProcess.Start(WorkerProcess.Kubeconfig, new() { ["ORCHESTRATOR__HEALTH__PORT"] = $"{port}" });

        Assert.Equal(
            (2, $"error: The health endpoint cannot listen on 127.0.0.1:{port} (Address already in use): "
                + "set another port with ORCHESTRATOR__HEALTH__PORT (0 takes any), or ORCHESTRATOR__HEALTH__ENABLED=false.\n"),
            await worker.EndAsync());
    }

    [Fact]
    public async Task TemporalAway_IsToldOnceAndWaitedFor()
    {
        int port = WorkerProcess.FreePort();
        await using WorkerProcess worker = WorkerProcess.Start(WorkerProcess.Kubeconfig, new() { ["TEMPORAL_ADDRESS"] = $"127.0.0.1:{port}" });
        await worker.LineAsync($"Temporal at 127.0.0.1:{port} does not answer");

        // Whoever tries again connects again; a second time proves that the first was not the last.
        using TcpListener temporal = new(IPAddress.Loopback, port);
        temporal.Start();
        for (int i = 0; i < 2; i++)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
            using TcpClient attempt = await temporal.AcceptTcpClientAsync(limit.Token);
        }

        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{worker.HealthPort}") };
        using HttpResponseMessage lives = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
        using HttpResponseMessage ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        await worker.TerminateAsync();

        Assert.Equal((0, ""), await worker.EndAsync());
        Assert.Equal((HttpStatusCode.OK, "ok\n"), (lives.StatusCode, await lives.Content.ReadAsStringAsync()));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, $"Temporal at 127.0.0.1:{port} does not answer\n"),
            (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Single(worker.Log().Split('\n'), line => line.Contains("does not answer", StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", worker.Log(), StringComparison.Ordinal);
    }
}
