using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Starter.Servers;

namespace Orchestrator.Starter.Tests.Schedules;

/// <summary><c>sop schedule</c> as people use it, on the server in the box and on a real one.</summary>
public abstract class ScheduleCommandTests : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();

    private Sop Sop => field ??= new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = Address });

    /// <summary>Where the server is.</summary>
    protected abstract string Address { get; }

    public abstract Task InitializeAsync();

    public virtual Task DisposeAsync()
    {
        File.Delete(_file);
        return Task.CompletedTask;
    }

    private async Task Schedule_FromItsMakingToItsEnd_SaysWhatItIsAsync()
    {
        ProgramRun made = await Sop.RunAsync(
            "schedule", "create", "health-prod", "check-cluster-health", "--target", "prod", "--every", "15m", "--jitter", "30s",
            "quick=true", "--as", "alice");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        Assert.StartsWith("health-prod: check-cluster-health on prod, every 15m\n", made.Output, StringComparison.Ordinal);
        Assert.Matches(@"input +\{""Quick"":true\}", made.Output);
        Assert.Matches("made +by unverified:alice at 20", made.Output);
        Assert.Matches(@"Next\n  20..-..-.. ..:(00|15|30|45):[0-2]\dZ", made.Output);

        ProgramRun again = await Sop.RunAsync(
            "schedule", "create", "health-prod", "check-cluster-health", "--target", "prod", "--every", "1h");
        Assert.Equal(
            (2, "error: There is a schedule 'health-prod' already; nothing was changed. Change it with 'sop schedule apply'.\n"),
            (again.ExitCode, again.Errors));

        ProgramRun paused = await Sop.RunAsync("schedule", "pause", "health-prod", "--reason", "maintenance", "--as", "bob");
        Assert.Matches("paused +Paused by unverified:bob: maintenance", paused.Output);
        ProgramRun list = await Sop.RunAsync("schedule", "list");
        Assert.Matches("health-prod +check-cluster-health +prod +every 15m +paused +never", list.Output);

        // Also where it is paused.
        Assert.Equal(0, (await Sop.RunAsync("schedule", "trigger", "health-prod")).ExitCode);
        await HasRunsAsync(1);
        Assert.Equal(0, (await Sop.RunAsync("schedule", "resume", "health-prod")).ExitCode);
        ProgramRun filled = await Sop.RunAsync(
            "schedule", "backfill", "health-prod", "--from", "2026-01-01T00:00:00Z", "--to", "2026-01-01T00:10:00Z");
        Assert.Equal((0, ""), (filled.ExitCode, filled.Errors));
        await HasRunsAsync(1);

        ProgramRun deleted = await Sop.RunAsync("schedule", "delete", "health-prod", "--yes");
        Assert.Equal((0, "Deleted health-prod.\n"), (deleted.ExitCode, deleted.Output));
        Assert.Equal(
            "There is no schedule. Make one with 'sop schedule create' or 'sop schedule apply'.\n",
            (await Sop.RunAsync("schedule", "list")).Output);
        Assert.Equal(2, (await Sop.RunAsync("schedule", "describe", "health-prod")).ExitCode);
    }

    private async Task Schedule_OfAMutatingProcedure_NeedsAReasonAndOneThatMayRunSoAsync()
    {
        ProgramRun refused = await Sop.RunAsync(
            "schedule", "create", "Restart", "restart-kafka-broker", "--target", "prod", "broker=1", "--cron", "0 3 * * 1", "--time-zone",
            "Mars/Olympus", "--overlap", "buffer-one");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(
            [
                "error: The name 'Restart' must have up to 60 lower-case letters, digits and dashes, and begin with a letter.",
                "error: restart-kafka-broker does not run on a schedule; these do: check-cluster-health, roll-kafka-cluster.",
                "error: There is no time zone 'Mars/Olympus'; give one such as Europe/Berlin.",
                "error: restart-kafka-broker changes something: a run that is due while another has not ended is skipped (overlap: skip).",
                "error: --reason is missing: say why in 10-500 characters; approvers see it.",
            ],
            refused.Errors.TrimEnd('\n').Split('\n'));

        ProgramRun made = await Sop.RunAsync(
            "schedule", "create", "monthly", "roll-kafka-cluster", "--target", "prod/confluent", "--cron", "0 3 1 * *", "--time-zone",
            "Europe/Berlin", "--reason", "monthly restart", "--ticket", "OPS-1", "--as", "alice", "-o", "json");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        JsonNode plan = JsonNode.Parse(made.Output)!["record"]!["plan"]!;
        Assert.Equal(("monthly restart", "OPS-1"), ((string?)plan["reason"], (string?)plan["ticket"]));
        Assert.EndsWith("T02:00:00+00:00", (string?)JsonNode.Parse(made.Output)!["next"]![0], StringComparison.Ordinal);
    }

    private async Task Apply_MakesTheSchedulesWhatTheFileSays_AndShowsThatFirstAsync()
    {
        await File.WriteAllTextAsync(_file, """
            schedules:
            - name: health-prod
              procedure: check-cluster-health
              target: prod
              every: 15m
              input: {quick: true}
            - name: health-test
              procedure: check-cluster-health
              target: test
              cron: ["0 * * * *"]
            """);
        ProgramRun dry = await Sop.RunAsync("schedule", "apply", "-f", _file, "--dry-run");
        Assert.Equal((0, ""), (dry.ExitCode, dry.Errors));
        Assert.Matches("health-prod +create +check-cluster-health on prod, every 15m.", dry.Output);
        Assert.Equal("[]\n", (await Sop.RunAsync("schedule", "list", "-o", "json")).Output);

        ProgramRun made = await Sop.RunAsync("schedule", "apply", "-f", _file, "--yes", "--as", "alice");
        Assert.Equal((0, "Created health-prod.\nCreated health-test.\n"), (made.ExitCode, made.Errors));
        Assert.Equal(0, (await Sop.RunAsync("schedule", "pause", "health-prod", "--reason", "maintenance")).ExitCode);

        await File.WriteAllTextAsync(_file, """
            schedules:
            - {name: health-prod, procedure: check-cluster-health, target: prod, every: 30m, input: {quick: true}}
            """);
        ProgramRun changed = await Sop.RunAsync("schedule", "apply", "-f", _file, "--yes", "--as", "bob");
        Assert.Equal((0, "Updated health-prod.\n"), (changed.ExitCode, changed.Errors));
        Assert.Matches("health-prod +update +every was ", changed.Output);
        Assert.Matches("health-test +none: not in the file; --prune deletes it", changed.Output);
        ProgramRun described = await Sop.RunAsync("schedule", "describe", "health-prod");
        Assert.Matches("made +by unverified:alice at ", described.Output);
        Assert.Matches("changed +by unverified:bob at ", described.Output);
        Assert.Matches("paused +Paused by ", described.Output);

        ProgramRun pruned = await Sop.RunAsync("schedule", "apply", "-f", _file, "--prune", "--yes");
        Assert.Equal((0, "Deleted health-test.\n"), (pruned.ExitCode, pruned.Errors));
        ProgramRun same = await Sop.RunAsync("schedule", "apply", "-f", _file, "--prune");
        Assert.Equal((0, ""), (same.ExitCode, same.Errors));
        Assert.Matches("health-prod +none", same.Output);
    }

    private async Task File_ThatIsWrong_IsRefusedWithEverySentenceAndChangesNothingAsync()
    {
        await File.WriteAllTextAsync(_file, """
            schedules:
            - {name: one, procedure: check-cluster-health, target: prod, every: 30s, input: {quik: true}}
            - {name: one, procedure: check-cluster-helth, target: prod, cron: ["0 * * * *"], catchUp: 1s}
            """);
        ProgramRun refused = await Sop.RunAsync("schedule", "apply", "-f", _file, "--yes");

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(
            [
                "error: one: every is 30s; it must be at least 1m.",
                "error: one: There is no key 'quik'; did you mean quick?",
                "error: one: There is no procedure 'check-cluster-helth'; did you mean check-cluster-health?",
                "error: one: 2 schedules have this name.",
            ],
            refused.Errors.TrimEnd('\n').Split('\n'));
        Assert.Equal("[]\n", (await Sop.RunAsync("schedule", "list", "-o", "json")).Output);
    }

    private async Task HasRunsAsync(int least)
    {
        for (int i = 0; i < 60; i++)
        {
            JsonNode known = JsonNode.Parse((await Sop.RunAsync("schedule", "describe", "health-prod", "-o", "json")).Output)!;
            if (known["recent"]!.AsArray().Count >= least)
            {
                Assert.StartsWith(
                    "check-cluster-health/prod/health-prod-20", (string?)known["recent"]![0]!["workflowId"], StringComparison.Ordinal);
                return;
            }
        }

        Assert.Fail("It has not run.");
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox : ScheduleCommandTests
    {
        private TemporalBox? _box;

        protected override string Address => _box!.Address;

        public override async Task InitializeAsync() =>
            _box = await TemporalBox.StartAsync(new() { SearchAttributes = DevelopmentServer.SearchAttributes });

        public override async Task DisposeAsync()
        {
            await _box!.DisposeAsync();
            await base.DisposeAsync();
        }

        [Fact]
        public Task Schedule_FromItsMakingToItsEnd_SaysWhatItIs() =>
            Schedule_FromItsMakingToItsEnd_SaysWhatItIsAsync();

        [Fact]
        public Task Schedule_OfAMutatingProcedure_NeedsAReasonAndOneThatMayRunSo() =>
            Schedule_OfAMutatingProcedure_NeedsAReasonAndOneThatMayRunSoAsync();

        [Fact]
        public Task Apply_MakesTheSchedulesWhatTheFileSays_AndShowsThatFirst() =>
            Apply_MakesTheSchedulesWhatTheFileSays_AndShowsThatFirstAsync();

        [Fact]
        public Task File_ThatIsWrong_IsRefusedWithEverySentenceAndChangesNothing() =>
            File_ThatIsWrong_IsRefusedWithEverySentenceAndChangesNothingAsync();
    }

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    public sealed class OnAServer : ScheduleCommandTests
    {
        private LabServers? _servers;

        protected override string Address => _servers!.TemporalAddress;

        public override async Task InitializeAsync() =>
            _servers = LabTools.Folder is null ? null : await LabServers.StartAsync("temporal");

        public override async Task DisposeAsync()
        {
            if (_servers is not null)
            {
                await _servers.DisposeAsync();
            }

            await base.DisposeAsync();
        }

        [LabFact]
        public Task Schedule_FromItsMakingToItsEnd_SaysWhatItIs() =>
            Schedule_FromItsMakingToItsEnd_SaysWhatItIsAsync();

        [LabFact]
        public Task Schedule_OfAMutatingProcedure_NeedsAReasonAndOneThatMayRunSo() =>
            Schedule_OfAMutatingProcedure_NeedsAReasonAndOneThatMayRunSoAsync();

        [LabFact]
        public Task Apply_MakesTheSchedulesWhatTheFileSays_AndShowsThatFirst() =>
            Apply_MakesTheSchedulesWhatTheFileSays_AndShowsThatFirstAsync();

        [LabFact]
        public Task File_ThatIsWrong_IsRefusedWithEverySentenceAndChangesNothing() =>
            File_ThatIsWrong_IsRefusedWithEverySentenceAndChangesNothingAsync();
    }
}
