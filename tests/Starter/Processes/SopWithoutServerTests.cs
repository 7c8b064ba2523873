using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary>What <c>sop</c> does where no server runs: what needs none, and what says so.</summary>
public sealed class SopWithoutServerTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public async Task List_PrintsEveryProcedure()
    {
        const string Printed =
        """
        NAME                  TIER  SUMMARY
        check-cluster-health  T1    Verdict on a Kubernetes cluster, with findings, worst first
        restart-kafka-broker  T2    Restart or repair of one broker or controller
        roll-kafka-cluster    T2    Rolling restart of brokers or controllers through the Confluent operator

        list, describe, explain, rehearse, demo, sandbox, store, dev-server, completion and version need no server.
        Everything else needs Temporal (TEMPORAL_ADDRESS) and a worker.

        """;

        ProgramRun result = await new Sop(NoVariables).RunAsync("list");

        Assert.Equal(new ProgramRun(0, Printed, ""), result);
    }

    [Fact]
    public async Task List_AsJson_NamesTheKeysOfEachProcedure()
    {
        ProgramRun result = await new Sop(NoVariables).RunAsync("list", "--output", "json");

        JsonNode procedure = JsonNode.Parse(result.Output)!.AsArray().Single(each => (string?)each!["name"] == "roll-kafka-cluster")!;
        Assert.Contains("limits.stall-after", procedure["keys"]!.AsArray().Select(key => (string?)key));
    }

    [Fact]
    public async Task Explain_SaysWhatACodeMeansAndWhatToDo()
    {
        ProgramRun known = await new Sop(NoVariables).RunAsync("explain", "pod_not_ready");
        ProgramRun near = await new Sop(NoVariables).RunAsync("explain", "POD_NOT_REDY");

        Assert.Equal(0, known.ExitCode);
        Assert.Contains("What to do: Repair the pods that the sentence names.", known.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (near.ExitCode, near.Output));
        Assert.Contains("did you mean POD_NOT_READY", near.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "check-cluster-health", "--target", "lab")]
    [InlineData("rehearse", "check-cluster-health", "--target", "lab")]
    public async Task PlanOfAnAssessment_IsRefusedWithTheCommandThatRunsIt(params string[] arguments)
    {
        ProgramRun run = await new Sop(NoVariables).RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "check-cluster-health changes nothing, so it has no plan; run it with: sop start check-cluster-health", run.Errors,
            StringComparison.Ordinal);
    }

    public static TheoryData<string> Procedures => [.. Workflows.Catalogue.ProcedureCatalogue.All.Select(procedure => procedure.Name)];

    [Theory]
    [MemberData(nameof(Procedures))]
    public async Task Describe_OfEveryProcedure_PrintsItsPageAndItsSchema(string name)
    {
        ProgramRun page = await new Sop(NoVariables).RunAsync("describe", name);
        ProgramRun schema = await new Sop(NoVariables).RunAsync("describe", name, "-o", "json");

        Assert.StartsWith($"# {name}\n", page.Output, StringComparison.Ordinal);
        JsonNode described = JsonNode.Parse(schema.Output)!;
        Assert.Equal("lab", (string?)described["inputExample"]!["Target"]!["Context"]);
        Assert.Equal("object", (string?)described["inputSchema"]!["properties"]!["Target"]!["type"]);
        Assert.Equal("orchestrator", (string?)described["taskQueue"]);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_PrintsAScriptThatAsksSop(string shell)
    {
        ProgramRun script = await new Sop(NoVariables).RunAsync("completion", shell);
        ProgramRun asked = await new Sop(NoVariables).RunAsync("[suggest:5]", "sop p");

        Assert.Equal(0, script.ExitCode);
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
        Assert.Contains("plan", asked.Output.Split('\n'));
    }

    [Theory]
    [InlineData("sop plan roll", "roll-kafka-cluster")]
    [InlineData("sop start rest", "restart-kafka-broker")]
    [InlineData("sop describe ro", "roll-kafka-cluster", "restart-kafka-broker")]
    [InlineData("sop plan roll-kafka-cluster limits.st", "limits.stall-after=", "limits.steady-every=", "limits.steady-samples=")]
    [InlineData("sop start restart-kafka-broker bro", "broker=")]
    [InlineData("sop list -o ", "json", "table", "yaml")]
    [InlineData("sop rehearse rest", "restart-kafka-broker")]
    [InlineData("sop rehearse roll-kafka-cluster --fault ", "lost-controller", "slow-broker", "unready-pod")]
    [InlineData("sop plan roll-kafka-cluster --class ", "feature", "reliability", "remediation", "security")]
    [InlineData("sop plan roll-kafka-cluster --on-failure ", "ask", "leave", "undo")]
    public async Task Completion_OffersWhatCanFollow(string line, params string[] offered)
    {
        ProgramRun asked = await new Sop(NoVariables).RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal(offered, asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Completion_OfChangesWithoutAServer_OffersNothingWithinSeconds()
    {
        // Takes connections and never answers.
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        const string Line = "sop approve CH";

        ProgramRun asked = await new Sop(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = $"{silent.LocalEndpoint}" })
            .RunAsync($"[suggest:{Line.Length}]", Line).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(new ProgramRun(0, "\n", ""), asked);
    }

    [Fact]
    public async Task Input_WithoutEndOfNesting_EndsWith2AndDoesNotOverflow()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new string('[', 100_000));
            ProgramRun result = await new Sop(NoVariables).RunAsync("plan", "roll-kafka-cluster", "--input", file);

            Assert.Equal(
                new ProgramRun(
                    2,
                    "",
                    $"error: --input '{file}' is not valid JSON or YAML input: "
                        + "line 1, column 33: it is nested more than 32 levels deep.\n"),
                result);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Input_OfAFileThatIsNotThere_EndsWith2()
    {
        ProgramRun result = await new Sop(NoVariables).RunAsync("plan", "roll-kafka-cluster", "--input", "/nowhere/input.yaml");

        Assert.Equal(
            new ProgramRun(
                2,
                "",
                "error: --input '/nowhere/input.yaml' cannot be read: Could not find a part of the path '/nowhere/input.yaml'.\n"),
            result);
    }

    [Fact]
    public async Task Version_PrintsTheVersion()
    {
        ProgramRun result = await new Sop(NoVariables).RunAsync("version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches("^sop 0\\.1\\.0( \\(commit [0-9a-f]{40}\\))?\n$", result.Output);
    }

    [Theory]
    [InlineData(
        "error: There is no command 'strat'; did you mean start?\nRun 'sop --help' for usage.\n",
        "strat", "roll-kafka-cluster")]
    [InlineData(
        "error: --output 'xml' must be one of table, json, yaml.\nRun 'sop list --help' for usage.\n",
        "list", "--output", "xml")]
    [InlineData("error: Unexpected argument 'extra': 'list' takes none.\nRun 'sop list --help' for usage.\n", "list", "extra")]
    [InlineData(
        "error: Unexpected argument 'extra': 'describe' takes only one (procedure).\nRun 'sop describe --help' for usage.\n",
        "describe", "x", "extra")]
    [InlineData(
        "error: --plan 'd667f67' must have at least 8 characters of the hash.\nRun 'sop approve --help' for usage.\n",
        "approve", "CHG-20260301-ABC123", "--plan", "d667f67")]
    [InlineData(
        "{\"exitCode\":2,\"errors\":[\"There is no procedure 'roll'; did you mean roll-kafka-cluster?\"]}\n",
        "plan", "roll", "-o", "json")]
    [InlineData(
        "{\"exitCode\":2,\"errors\":[\"There is no option '--wide'.\"]}\n{\"message\":\"Run 'sop list --help' for usage.\"}\n",
        "list", "--wide", "-o", "json")]
    [InlineData("error: There is no option '--wide'.\nRun 'sop list --help' for usage.\n", "list", "--wide")]
    [InlineData(
        "error: --fault 'rain' must be one of slow-broker, unready-pod, lost-controller.\n"
            + "Run 'sop rehearse --help' for usage.\n",
        "rehearse", "roll-kafka-cluster", "--fault", "rain")]
    [InlineData(
        "error: Which box? Say it with --at, or with the variable ORCHESTRATOR_SANDBOX that 'sop demo --keep' prints.\n",
        "sandbox", "fault", "kill-pod", "pod=kafka-0")]
    [InlineData(
        "error: Option '--context' is required.\nRun 'sop sandbox snapshot --help' for usage.\n", "sandbox", "snapshot")]
    [InlineData(
        "error: --approve-after 'soon' must be a duration such as 90s, 15m, 1h30m or PT15M.\n"
            + "Run 'sop rehearse --help' for usage.\n",
        "rehearse", "roll-kafka-cluster", "--approve-after", "soon")]
    [InlineData(
        "error: The scenario /nowhere.yaml cannot be used: Could not find file '/nowhere.yaml'.\n",
        "rehearse", "roll-kafka-cluster", "--from", "/nowhere.yaml")]
    [InlineData(
        "error: Option '--comment' is required.\nRun 'sop reject --help' for usage.\n",
        "reject", "CHG-20260301-ABC123")]
    [InlineData("error: There is no procedure 'roll'; did you mean roll-kafka-cluster?\n", "plan", "roll", "--target", "lab")]
    [InlineData(
        "error: There is no key 'nmae'; did you mean name?\nerror: cooldown 'soon' must be a duration such as 90s, 15m, 1h30m or PT15M.\n",
        "start", "roll-kafka-cluster", "--target", "lab/confluent", "--reason", "monthly restart", "nmae=kafka", "cooldown=soon")]
    public async Task WrongUsage_EndsWith2AndSaysWhatWasMeant(string error, params string[] arguments)
    {
        ProgramRun result = await new Sop(NoVariables).RunAsync(arguments);

        Assert.Equal(new ProgramRun(2, "", error), result);
    }

    [Theory]
    [InlineData("plan", "roll-kafka-cluster", "--target", "lab/confluent")]
    [InlineData("start", "roll-kafka-cluster", "--target", "lab/confluent", "--reason", "monthly restart")]
    [InlineData("approve", "CHG-20260301-ABC123")]
    [InlineData("reject", "CHG-20260301-ABC123", "--comment", "not today")]
    [InlineData("status", "CHG-20260301-ABC123", "--watch")]
    [InlineData("status")]
    [InlineData("approvals")]
    [InlineData("whoami")]
    [InlineData("pause", "CHG-20260301-ABC123")]
    [InlineData("abort", "CHG-20260301-ABC123", "--yes")]
    [InlineData("locks")]
    [InlineData("plan", "show", "CHG-20260301-ABC123")]
    [InlineData("locks", "break", "cluster/lab", "--reason", "its holder is gone")]
    [InlineData("evidence", "CHG-20260301-ABC123")]
    public async Task NoServer_EndsWith5AndNamesItsAddress(params string[] arguments)
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string address = $"{taken.LocalEndpoint}";
        taken.Stop();

        ProgramRun result = await new Sop(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = address }).RunAsync(arguments);

        Assert.Equal(5, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith($"error: Temporal at {address} does not answer: ", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("Start it, or set its address with TEMPORAL_ADDRESS.\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.Errors.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task SilentServer_EndsWith5WithinTenSeconds()
    {
        // Takes connections and never answers.
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));

        Task<ProgramRun> run = new Sop(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = $"{silent.LocalEndpoint}" }).RunAsync(
            "status", "CHG-20260301-ABC123");
        ProgramRun result = await run.WaitAsync(limit.Token);

        Assert.Equal(
            new ProgramRun(
                5,
                "",
                $"error: Temporal at {silent.LocalEndpoint} does not answer: no answer within 8 s. "
                    + "Start it, or set its address with TEMPORAL_ADDRESS.\n"),
            result);
    }
}
