using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;

namespace Orchestrator.Activities.Tests.Kafka.Nodes;

/// <summary>What agents may answer, on real sockets.</summary>
public sealed class JolokiaNodeProbeTests : BoundedTest
{
    private const string None = """{"status": 404, "error": "InstanceNotFoundException"}""";
    private const string Raft = """
        {"status": 200, "value": {"current-state": "follower", "current-leader": 9990.0, "current-epoch": 7.0, "log-end-offset": 812.0,
         "high-watermark": 810.0, "number-of-voters": 3, "commit-latency-avg": "NaN"}}
        """;

    [Fact]
    public async Task Read_AController_IsReadAlthoughItHasNoneOfABrokersBeans()
    {
        NodeReading reading = await ReadAsync(200, $$"""
            [{{Raft}}, {{None}}, {{None}}, {{None}}, {"status": 200, "value": {"kafka.server:id=9991,type=app-info": {} } }, {{None}},
             {"status": 200, "value": {"Value": 60} }, {{None}}, {{None}}, {"status": 200, "value": {"Value": 0} },
             {"status": 200, "value": {"Value": 480} }]
            """);

        Assert.Equal(
            new NodeReading("pod-1", 9991, null)
            {
                Raft = new("follower", 9990, 7, 812, 3), Topics = 60, ActiveControllers = 0, MetadataLag = TimeSpan.FromMilliseconds(480),
            },
            reading);
    }

    [Fact]
    public async Task Read_ABrokerThatRecoversItsLog_SumsLogsAndSegmentsAndTellsTheFailedFolders()
    {
        NodeReading reading = await ReadAsync(200, $$"""
            [{{None}}, {"status": 200, "value": {"Value": 2} }, {"status": 200, "value": {"Value": 4} },
             {"status": 200, "value": {"kafka.log:threadNum=0": {"Value": 3}, "kafka.log:threadNum=1": {"Value": 5} } }, {{None}},
             {"status": 200, "value": {"last-applied-record-lag-ms": 1250.0} }, {{None}},
             {"status": 200, "value": {"kafka.log:dir=/a": {"Value": 2}, "kafka.log:dir=/b": {"Value": 0} } },
             {"status": 200, "value": {"Value": 1} }, {{None}}, {{None}}]
            """);

        Assert.Equal(
            new NodeReading("pod-1", 1, null)
            {
                BrokerState = 2,
                Reassigning = 4,
                RemainingSegments = 8,
                RemainingLogs = 2,
                OfflineLogDirs = 1,
                MetadataLag = TimeSpan.FromMilliseconds(1250),
            },
            reading);
    }

    [Fact]
    public async Task Read_AVoterThatKnowsNoLeader_TellsNone()
    {
        NodeReading reading = await ReadAsync(200, $$"""
            [{{Raft.Replace("9990.0", "-1.0", StringComparison.Ordinal)}}, {{None}}, {{None}}, {{None}}, {{None}}, {{None}},
             {{None}}, {{None}}, {{None}}, {{None}}, {{None}}]
            """);

        Assert.Equal((null, 7), (reading.Raft!.Leader, reading.Raft.Epoch));
    }

    [Theory]
    [InlineData(403, "", "answered 403 Answer.")]
    [InlineData(200, "<html>", "did not answer as Jolokia does: ")]
    [InlineData(200, "[]", "did not answer as Jolokia does: expected 11 answers.")]
    [InlineData(
        200, """[{"status": 500, "error": "broken"}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]""",
        "did not answer as Jolokia does: "
            + "kafka.server:type=raft-metrics has status 500: \"broken\"")]
    [InlineData(200, "null", "expected 11 answers.")]
    [InlineData(200, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", "there is no answer for kafka.server:type=raft-metrics.")]
    [InlineData(
        200, """[{"status": "200", "value": {}}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]""",
        "raft-metrics has status (none): null")]
    [InlineData(
        200, """[{"status": 200, "value": "x"}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]""",
        "the value of kafka.server:type=raft-metrics is not an object.")]
    [InlineData(200, """[{"status": 200, "value": {"current-state": 7}}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]""", "has status (none)")]
    [InlineData(
        200, """[{"status": 404, "status": 404}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]""",
        "did not answer as Jolokia does: ")]
    public async Task Read_WhatIsNoAnswer_SaysWhatCameInstead(int status, string body, string failure)
    {
        NodeReading reading = await ReadAsync(status, body);

        Assert.Contains(failure, reading.Failure, StringComparison.Ordinal);
        Assert.Null(reading.Raft);
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("[3]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("1e300")]
    public async Task Read_AValueOfAnotherType_IsAFailureAndNotAMissingBean(string value)
    {
        NodeReading reading = await ReadAsync(200, $$"""
            [{{None}}, {"status": 200, "value": {"Value": {{value}}} }, {{None}}, {{None}}, {{None}}, {{None}},
             {{None}}, {{None}}, {{None}}, {{None}}, {{None}}]
            """);

        Assert.Contains($"a Value is {value}, which is not a number.", reading.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "raft-metrics has no current-state.")]
    [InlineData("null", "raft-metrics has no current-state.")]
    public async Task Read_AStateOfAnotherType_IsAFailure(string state, string failure)
    {
        string rest = string.Join(", ", Enumerable.Repeat(None, 10));
        NodeReading reading = await ReadAsync(200, $$"""[{"status": 200, "value": {"current-state": {{state}}} }, {{rest}}]""");

        Assert.Contains(failure, reading.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ALagBeyondAllTime_IsRead()
    {
        string rest = string.Join(", ", Enumerable.Repeat(None, 5));
        NodeReading reading = await ReadAsync(
            200, $$"""[{{rest}}, {"status": 200, "value": {"last-applied-record-lag-ms": 9.2e18} }, {{rest}}]""");

        Assert.True(reading.MetadataLag > TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Read_AnAgentThatHangs_KeepsTheOthersFromNothing()
    {
        await using AnsweringServer hangs = new(null, "");
        await using AnsweringServer answers = new(200, $"[{string.Join(',', Enumerable.Repeat(None, 11))}]");
        using JolokiaNodeProbe probe = Probe(TimeSpan.FromSeconds(1));

        IReadOnlyList<NodeReading> readings = await probe.ReadAsync(
            [
                new("a", 1, hangs.Address),
                new("b", 2, answers.Address),
                new("c", 3, new Uri("http://127.0.0.1:9/")),
                new("d", 4, null),
            ],
            Limit);

        Assert.Equal(
            [
                $"{hangs.Address} did not answer within 1 s.",
                null,
                "http://127.0.0.1:9/ does not answer: Connection refused.",
                "pod d has no address yet.",
            ],
            readings.Select(reading => reading.Failure));
    }

    [Fact]
    public async Task Read_ACancel_EndsIt()
    {
        await using AnsweringServer hangs = new(null, "");
        using JolokiaNodeProbe probe = Probe(TimeSpan.FromMinutes(1));
        using CancellationTokenSource cancel = new();
        Task reading = probe.ReadAsync([new("a", 1, hangs.Address)], cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Limit));
    }

    private static JolokiaNodeProbe Probe(TimeSpan limit) =>
        new(Options.Create(new KafkaClientOptions { JolokiaTimeout = limit }));

    private async Task<NodeReading> ReadAsync(int status, string body)
    {
        await using AnsweringServer server = new(status, body);
        using JolokiaNodeProbe probe = Probe(TimeSpan.FromSeconds(5));
        return Assert.Single(await probe.ReadAsync([new("pod-1", 1, server.Address)], Limit));
    }
}
