using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Lab.Tests.CommandLine;

/// <summary>What a collector sees of a change.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class TraceTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [LabFact]
    public async Task Change_IsOneTrace_FromSopStartToItsLastActivity()
    {
        using TraceCollector collector = new();
        Dictionary<string, string> environment = new(Cluster.EnvironmentVariables)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_LOGS_EXPORTER"] = "none",
        };
        await using ProgramProcess worker = ProgramProcess.StartWorker(environment);
        Sop sop = new(environment);
        await using ProgramProcess start = sop.Start([.. StartedRoll.Command, "--request-id", $"trace-{Guid.NewGuid():N}"]);
        await start.SaysAsync("must approve it by", Limit);
        ProgramRun reject = await sop.RunAsync("reject", StartedRoll.ChangeIdIn(start.Log), "--as", "bob", "--comment", "not today");
        ProgramRun rejected = await start.EndAsync(Limit);
        await worker.SignalAsync("TERM");
        ProgramRun ended = await worker.EndAsync(Limit);

        Assert.Equal((0, 4, 0), (reject.ExitCode, rejected.ExitCode, ended.ExitCode));
        SentSpan root = Assert.Single(collector.Spans, span => span.Name == "StartWorkflow:RollKafkaCluster");
        SentSpan[] trace = [.. collector.Spans.Where(span => span.Trace == root.Trace)];
        Assert.Equal("", root.Parent);
        Assert.All(trace.Except([root]), span => Assert.Contains(trace, parent => parent.Id == span.Parent));
        Assert.Equal(["UpdateWorkflow"], collector.Spans.Except(trace).Select(Kind).Where(kind => kind != "GET").Distinct());
        Assert.Contains(trace, span => span.Name == "CompleteWorkflow:RollKafkaCluster");

        // Each activity that was asked for has run, and what it called is below it.
        HashSet<string> run = [.. trace.Where(span => Kind(span) == "RunActivity").Select(span => span.Parent)];
        Assert.Equal([], trace.Where(span => Kind(span) == "StartActivity" && !run.Contains(span.Id)).Select(span => span.Name));
        Assert.Equal([], run.Except(trace.Where(span => Kind(span) == "StartActivity").Select(span => span.Id)));
        Assert.Contains(trace, span => Kind(span) == "GET" && Kind(trace.Single(parent => parent.Id == span.Parent)) == "RunActivity");
    }

    private static string Kind(SentSpan span) => span.Name.Split(':')[0];
}
