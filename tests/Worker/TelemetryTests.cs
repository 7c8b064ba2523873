using System.Net;
using System.Text;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Worker.Tests;

/// <summary>What a worker sends to a collector: the paths and the protobuf of OTLP over HTTP.</summary>
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
}
