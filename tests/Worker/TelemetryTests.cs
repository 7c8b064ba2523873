using System.Net;
using System.Text;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Worker.Tests;

/// <summary>What a worker tells a collector, in the paths and the protobuf of OTLP over HTTP, and who scrapes it.</summary>
public sealed class TelemetryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Endpoint_IsSentMetricsAndLogsUnderTheNameOfTheService()
    {
        using WorkerHome home = new();
        using HttpListener collector = new();
        string address = $"http://127.0.0.1:{WorkerHome.FreePort()}/";
        collector.Prefixes.Add(address);
        collector.Start();
        await using ProgramProcess worker = home.Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=lab"),
            ("TEMPORAL_ADDRESS", "127.0.0.1:1"));

        using CancellationTokenSource limit = new(Limit);
        Dictionary<string, string> sent = new() { ["/v1/logs"] = "", ["/v1/metrics"] = "" };
        while (!sent["/v1/logs"].Contains("Serving /livez", StringComparison.Ordinal)
            || !sent["/v1/metrics"].Contains("dotnet.process.memory.working_set", StringComparison.Ordinal))
        {
            HttpListenerContext call = await collector.GetContextAsync().WaitAsync(limit.Token);
            using MemoryStream body = new();
            await call.Request.InputStream.CopyToAsync(body, limit.Token);
            sent[call.Request.Url!.AbsolutePath] += Encoding.Latin1.GetString(body.ToArray());
            call.Response.Close();
        }

        Assert.All(sent.Values, text => Assert.Contains("orchestrator-worker", text, StringComparison.Ordinal));
        Assert.All(sent.Values, text => Assert.Contains("deployment.environment", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prometheus_IsServedMetricsBesideHealth()
    {
        using WorkerHome home = new();
        int port = WorkerHome.FreePort();
        await using ProgramProcess worker = home.Start(
            ("OTEL_METRICS_EXPORTER", "prometheus"), ("ORCHESTRATOR__HEALTH__PORT", $"{port}"), ("TEMPORAL_ADDRESS", "127.0.0.1:1"));
        await worker.SaysAsync($"Serving /livez, /readyz, /metrics at http://127.0.0.1:{port}", Limit);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        string metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("dotnet_process_memory_working_set_bytes", metrics, StringComparison.Ordinal);
        Assert.Contains("service_name=\"orchestrator-worker\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AreNotServedWhereNobodyAskedForThem()
    {
        using WorkerHome home = new();
        int port = WorkerHome.FreePort();
        await using ProgramProcess worker = home.Start(("ORCHESTRATOR__HEALTH__PORT", $"{port}"), ("TEMPORAL_ADDRESS", "127.0.0.1:1"));
        await worker.SaysAsync("Serving /livez, /readyz at", Limit);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using HttpResponseMessage response = await http.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(
            (HttpStatusCode.NotFound, "not found; try /livez, /readyz\n"),
            (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("OTEL_METRICS_EXPORTER", "otlp,console",
        "OTEL_METRICS_EXPORTER lists 'console'; the worker supports otlp, prometheus, none.")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "OTEL_TRACES_EXPORTER lists 'zipkin'; the worker supports otlp, none.")]
    public async Task ExporterThatTheWorkerLacks_EndsWith2AndNamesThoseThatItHas(string variable, string value, string sentence)
    {
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start((variable, value));

        Assert.Equal(new ProgramRun(2, "", $"error: {sentence}\n"), await worker.EndAsync(Limit));
    }

    [Fact]
    public async Task PrometheusWithoutTheEndpointToScrape_EndsWith2AndNamesTheSetting()
    {
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("OTEL_METRICS_EXPORTER", "prometheus"), ("ORCHESTRATOR__HEALTH__ENABLED", "false"));

        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            (2, "error: OTEL_METRICS_EXPORTER lists prometheus, but the endpoint that would be scraped is off: "
                + "remove ORCHESTRATOR__HEALTH__ENABLED.\n"),
            (run.ExitCode, run.Errors));
    }

    [LabFact]
    [Trait("Category", "Lab")]
    public async Task TemporalsOwnMetrics_AreServedInSecondsBesideOurs()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        using WorkerHome home = new();
        int port = WorkerHome.FreePort();
        await using ProgramProcess worker = home.Start(
            ("OTEL_METRICS_EXPORTER", "prometheus"),
            ("ORCHESTRATOR__HEALTH__PORT", $"{port}"),
            ("TEMPORAL_ADDRESS", servers.TemporalAddress));
        await worker.SaysAsync("Working for Temporal at", Limit);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        string metrics = "";
        using CancellationTokenSource limit = new(Limit);
        while (!metrics.Contains("temporal_num_pollers{", StringComparison.Ordinal))
        {
            metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), limit.Token);
        }

        Assert.Matches("(?m)^temporal_request_latency_seconds_bucket{.*operation=\"DescribeNamespace\".*le=\"0.005\"} [0-9]+", metrics);
        Assert.Matches("(?m)^temporal_worker_start_total{.*task_queue=\"orchestrator\".*} [0-9]+", metrics);
        Assert.Contains("dotnet_process_memory_working_set_bytes", metrics, StringComparison.Ordinal);
    }
}
