using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary><c>sop rehearse</c> as a process, where no server runs.</summary>
public sealed class RehearsalTests : IDisposable
{
    // The world of somebody who works with real clusters must not get into a rehearsal.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["TEMPORAL_ADDRESS"] = "127.0.0.1:9",
        ["TEMPORAL_NAMESPACE"] = "production",
        ["KUBECONFIG"] = "/nowhere",
        ["KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:9",
        ["ORCHESTRATOR__PROFILE"] = "production",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("rehearsal-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Rehearse_OfTheDefaultScenario_PrintsPlanAndTranscriptAndWritesThem()
    {
        string file = Path.Combine(_folder, "transcript.txt");

        ProgramRun run = await new Sop(Elsewhere).RunAsync(
            "rehearse", "roll-kafka-cluster", "--approve-after", "45m", "--fault", "slow-broker", "--transcript", file);

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Errors}");
        Assert.StartsWith("Plan of roll-kafka-cluster on sandbox/confluent\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Told(run.Output, "pod confluent/(kafka-[0-9]) is restarted"));
        Assert.Equal(["kafka-2"], Told(run.Output, "Fault: (kafka-[0-9]) catches up at a tenth of its speed."));
        DateTime asked = Time(Assert.Single(Told(run.Output, "([0-9:]{8})Z +state +AwaitingApproval")));
        DateTime voted = Time(Assert.Single(Told(run.Output, "([0-9:]{8})Z +vote +unverified:rehearsal-1 .peer. approves")));
        Assert.Equal(TimeSpan.FromMinutes(45), voted > asked ? voted - asked : voted - asked + TimeSpan.FromDays(1));
        Assert.Contains("\nEnd      Succeeded\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Rehearse_OfWhatAPrecheckRefuses_EndsAsARealRunDoes()
    {
        string scenario = Path.Combine(_folder, "prod.yaml");
        await File.WriteAllTextAsync(
            scenario, "name: prod\nnamespace: streams\nkafka: { topics: { name: single, partitions: 2, rf: 1 } }\n");

        ProgramRun run = await new Sop(Elsewhere).RunAsync("rehearse", "roll-kafka-cluster", "--from", scenario, "-o", "json");

        Assert.Equal(3, run.ExitCode);
        JsonNode rehearsed = JsonNode.Parse(run.Output)!;
        Assert.Equal("prod/streams", $"{rehearsed["target"]!["context"]}/{rehearsed["target"]!["namespace"]}");
        Assert.Equal("RF_NOT_ABOVE_MIN_ISR", (string?)rehearsed["refused"]![0]!["code"]);
        Assert.Equal("refuses", (string?)rehearsed["refused"]![0]!["effect"]);
        Assert.Equal("Refused", (string?)rehearsed["view"]!["change"]!["state"]);
        Assert.DoesNotContain("is restarted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_OfAClusterWithANameThatNoInventoryHolds_IsRefused()
    {
        string scenario = Path.Combine(_folder, "prod.yaml");
        await File.WriteAllTextAsync(scenario, "name: 'arn:aws:eks:eu-west-1:1234:cluster/prod'\nkafka: {}\n");

        ProgramRun run = await new Sop(Elsewhere).RunAsync("rehearse", "roll-kafka-cluster", "--from", scenario);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "name is 'arn:aws:eks:eu-west-1:1234:cluster/prod'; it must be letters, digits, '-', '.' and '_'.",
            run.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearse_OfARunThatStopsForAPerson_AbortsItAndSaysWhatStoppedIt()
    {
        ProgramRun run = await new Sop(Elsewhere).RunAsync(
            "rehearse", "roll-kafka-cluster", "--fault", "unready-pod", "limits.pod-cap=10s", "limits.stall-after=10s", "-o", "json");

        Assert.Equal(1, run.ExitCode);
        JsonNode rehearsed = JsonNode.Parse(run.Output)!;
        Assert.Equal("stops", (string?)rehearsed["refused"]![0]!["effect"]);
        Assert.Equal("ROLL_STALLED", (string?)rehearsed["refused"]![0]!["code"]);
        Assert.Equal(["unready-pod"], rehearsed["faults"]!.AsArray().Select(fault => (string?)fault));
        Assert.Equal("LeftAsIs", (string?)rehearsed["view"]!["change"]!["state"]);
        Assert.Single(rehearsed["transcript"]!.AsArray(), entry => $"{entry!["text"]}".Contains("aborts it", StringComparison.Ordinal));
    }

    private static DateTime Time(string text) => DateTime.ParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture);

    private static string[] Told(string output, string pattern) =>
        [.. Regex.Matches(output, pattern).Select(match => match.Groups[1].Value.Trim())];
}
