using System.Net;
using System.Net.Sockets;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Worker.Tests;

/// <summary>How a worker starts and stops where no server runs.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task NoKubeconfig_EndsWith2AndSaysHowToSetOne()
    {
        using WorkerHome home = new(withKubeconfig: false);
        await using ProgramProcess worker = home.Start();

        Assert.Equal(
            new ProgramRun(
                2,
                "",
                $"error: No cluster is configured: {home.Kubeconfig} has no cluster, and this is not a pod of a cluster. "
                + "Set KUBECONFIG, or configure clusters under Orchestrator:Clusters.\n"),
            await worker.EndAsync(Limit));
    }

    [Fact]
    public async Task ManyMistakes_AreAllTold()
    {
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(
            ("ORCHESTRATOR__CLUSTERS__prod__NAMESPACE", "confluent"),
            ("ORCHESTRATOR__HEALTH__PORT", "70000"),
            ("ORCHESTRATOR__WORKER__DRAINFOR", "-00:00:01"),
            ("ORCHESTRATOR__WORKER__MAXCONCURRENTWORKFLOWTASKS", "1"));

        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            [
                "",
                $"error: Orchestrator:Clusters:prod cannot be used: context 'prod' is not in {home.Kubeconfig}: the contexts are lab.",
                "error: Orchestrator:Health:Port is 70000; it must be a port from 0 to 65535. "
                    + "Set it there or as the variable ORCHESTRATOR__HEALTH__PORT.",
                "error: Orchestrator:Worker:DrainFor is -00:00:01; it must be from 00:00:00 to 00:10:00. "
                    + "Set it there or as the variable ORCHESTRATOR__WORKER__DRAINFOR.",
                "error: Orchestrator:Worker:MaxConcurrentWorkflowTasks is 1; it must be from 2 to 10000. "
                    + "Set it there or as the variable ORCHESTRATOR__WORKER__MAXCONCURRENTWORKFLOWTASKS.",
            ],
            run.Errors.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task ValueOfTheWrongKind_EndsWith2AndNamesItsKey()
    {
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("ORCHESTRATOR__HEALTH__PORT", "many"));

        Assert.Equal(
            new ProgramRun(
                2, "", "error: Failed to convert configuration value 'many' at 'Orchestrator:Health:Port' to type 'System.Int32'.\n"),
            await worker.EndAsync(Limit));
    }

    [Fact]
    public async Task MissingTemporalProfile_EndsWith2AndNamesIt()
    {
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("TEMPORAL_PROFILE", "prod"));

        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(2, run.ExitCode);
        Assert.Matches("^error: The configuration of the Temporal client is not valid: .*prod.*\n$", run.Errors);
    }

    [Fact]
    public async Task TakenHealthPort_EndsWith2AndSaysHowToTakeAnother()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("ORCHESTRATOR__HEALTH__PORT", $"{port}"));

        Assert.Equal(
            new ProgramRun(
                2,
                "",
                $"error: The health endpoint cannot listen on 127.0.0.1:{port} (Address already in use): "
                + "set another port with ORCHESTRATOR__HEALTH__PORT (0 takes any free one), or ORCHESTRATOR__HEALTH__ENABLED=false.\n"),
            await worker.EndAsync(Limit));
    }

    [Fact]
    public async Task TemporalAway_IsToldOnceAndWaitedFor()
    {
        int healthPort = WorkerHome.FreePort();
        using TcpListener temporal = new(IPAddress.Loopback, 0);
        temporal.Start();
        string address = $"{temporal.LocalEndpoint}";
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("ORCHESTRATOR__HEALTH__PORT", $"{healthPort}"), ("TEMPORAL_ADDRESS", address));

        // Whoever hangs up on it is tried again; the third time proves that neither the first nor the second was the last.
        for (int i = 0; i < 3; i++)
        {
            using CancellationTokenSource limit = new(Limit);
            using TcpClient attempt = await temporal.AcceptTcpClientAsync(limit.Token);
        }

        await worker.SaysAsync($"Temporal at {address} does not answer", Limit);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{healthPort}") };
        using HttpResponseMessage lives = await http.GetAsync(new Uri("/livez", UriKind.Relative));
        using HttpResponseMessage ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        await worker.SignalAsync("TERM");
        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), (lives.StatusCode, await lives.Content.ReadAsStringAsync()));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, $"Temporal at {address} does not answer\n"),
            (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        Assert.Single(run.Output.Split('\n'), line => line.Contains("does not answer", StringComparison.Ordinal));
        Assert.Contains("Starting in profile laptop", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Output, StringComparison.Ordinal);
    }
}
