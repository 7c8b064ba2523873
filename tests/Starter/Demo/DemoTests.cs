using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Starter.Tests.Demo;

/// <summary><c>sop demo</c> as a process: at a terminal, without one, and interrupted.</summary>
public sealed partial class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // The world of somebody who works with real clusters must not get into the demo, nor the demo into it.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["TEMPORAL_ADDRESS"] = "127.0.0.1:9",
        ["TEMPORAL_NAMESPACE"] = "production",
        ["KUBECONFIG"] = "/nowhere",
        ["ORCHESTRATOR__PROFILE"] = "production",
    };

    [Fact]
    public async Task Demo_WithoutATerminal_RollsEachBrokerOnceAlthoughTheWorkerIsKilled()
    {
        ProgramRun run = await new Sop(Elsewhere).RunAsync("demo");

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Errors}");
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Told(run.Output, "pod confluent/(kafka-[0-9]) is restarted"));
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Told(run.Output, "pod confluent/(kafka-[0-9]) is Ready again"));
        Assert.Equal(["2"], Told(run.Output, "kafkas confluent/kafka is written, generation ([0-9]+)"));
        Assert.Matches("The worker was killed in the middle of the roll [(]kill -9 of process [0-9]+[)]", run.Output);
        Assert.Contains("Succeeded         Done and checked.", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 pods were restarted, each once, although the worker was killed in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("with acks=all meanwhile; 0 of their acknowledged records were lost.", run.Output, StringComparison.Ordinal);
        string evidence = Assert.Single(Told(run.Output, "what was done[)]: (.+)"));
        Assert.True(File.Exists(Path.Combine(evidence, "plan.json")), evidence);
    }

    [Fact]
    public async Task Demo_AtATerminal_ShowsThePlanAndAsksAndFitsEightyColumns()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Start(Elsewhere, columns: 80, "demo");

        await terminal.ShowsAsync("[y/N]", Limit);
        Assert.DoesNotContain("is restarted", terminal.Text, StringComparison.Ordinal);
        await terminal.TypeAsync("y\n");
        int exitCode = await terminal.EndAsync(Limit);

        Assert.True(exitCode == 0, terminal.Text);
        Assert.Contains("each once, although the worker was killed", terminal.Text, StringComparison.Ordinal);
        string plan = terminal.Text[terminal.Text.IndexOf("Plan of", StringComparison.Ordinal)..];
        Assert.All(
            plan[..plan.IndexOf("\nHash", StringComparison.Ordinal)].Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task Demo_AnsweredWithNo_TouchesNothing()
    {
        await using PseudoTerminal terminal = PseudoTerminal.Start(Elsewhere, columns: 200, "demo");

        await terminal.ShowsAsync("[y/N]", Limit);
        await terminal.TypeAsync("n\n");

        Assert.Equal(130, await terminal.EndAsync(Limit));
        Assert.DoesNotContain("is restarted", terminal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Interrupted_LeavesNoProcessBehind()
    {
        await using ProgramProcess demo = new Sop(Elsewhere).Start("demo", "--yes", "--keep");
        await demo.SaysAsync("the worker runs, process ", Limit);
        int worker = int.Parse(WorkerId().Match(demo.Log).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.False(Process.GetProcessById(worker).HasExited);

        await demo.SignalAsync("INT");
        await demo.EndAsync(Limit);

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(worker));
    }

    [Theory]
    [InlineData("--scenario /nowhere.yaml", "error: The scenario /nowhere.yaml cannot be used: ")]
    [InlineData("--procedure roll-everything", "error: ")]
    [InlineData("--fault rain", "error: --fault 'rain' must be one of slow-broker, unready-pod, lost-controller.")]
    public async Task Demo_AskedForWhatThereIsNot_SaysSo(string arguments, string error)
    {
        ProgramRun run = await new Sop(Elsewhere).RunAsync(["demo", .. arguments.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(error, run.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex("the worker runs, process ([0-9]+)")]
    private static partial Regex WorkerId();

    private static string[] Told(string output, string pattern) =>
        [.. Regex.Matches(output, pattern).Select(match => match.Groups[1].Value.Trim())];
}
