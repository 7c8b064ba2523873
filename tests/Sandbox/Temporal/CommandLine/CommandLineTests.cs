using System.Diagnostics;
using System.Text.RegularExpressions;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Sandbox.Tests.CommandLine;
using Orchestrator.Sandbox.Tests.Temporal.Documentation;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal.CommandLine;

/// <summary>The official command line prints the same of the server in the box and of a real one.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class CommandLineTests
{
    private const string Queue = "orders";
    private static readonly string Script =
        Path.Combine(LabTools.RepositoryRoot, "tests", "Sandbox", "Temporal", "CommandLine", "commands.txt");

    private static readonly TimeSpan ComesWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    [LabFact]
    public async Task Commands_OnBothServers_PrintTheSame()
    {
        await using LabServers lab = await LabServers.StartAsync("temporal");
        await using TemporalBox box = await TemporalBox.StartAsync();
        IReadOnlyList<Regex> known = [.. SandboxPage.KnownDifferences().Select(row => new Regex($"^({row.Pattern})$"))];
        using TemporalWorker ours = await WorkerAsync(box.Address);
        using TemporalWorker theirs = await WorkerAsync(lab.TemporalAddress);
        List<string> differences = [];
        await ours.ExecuteAsync(() => theirs.ExecuteAsync(async () =>
        {
            foreach (ScriptedCommand command in ScriptedCommand.ReadAll(Script))
            {
                IReadOnlyList<string>[] printed = await Task.WhenAll(
                    PrintedAsync(command, box.Address, known), PrintedAsync(command, lab.TemporalAddress, known));
                differences.AddRange(Differences(command, printed[0], printed[1]));
            }
        }));

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<TemporalWorker> WorkerAsync(string address)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(address) { Identity = "the worker" });
        return new(client, new TemporalWorkerOptions(Queue).AddWorkflow<OrderWorkflow>().AddAllActivities(new Payments()));
    }

    private static async Task<IReadOnlyList<string>> PrintedAsync(ScriptedCommand command, string address, IReadOnlyList<Regex> known)
    {
        using CancellationTokenSource limit = new(ComesWithin);
        while (true)
        {
            (int code, string output, string errors) = await RunAsync(command, address);
            string said = ComparableOutput.WithSingleBlanks($"{output}{errors}");
            bool isThere = command.Until.All(text => said.Contains(text, StringComparison.Ordinal));
            if (isThere || limit.IsCancellationRequested)
            {
                IReadOnlyList<string> lines =
                [
                    $"exit code {code}",
                    .. ComparableOutput.Lines(output, address, known),
                    .. ComparableOutput.Lines(errors, address, known),
                ];
                return command.CountsOnce ? [.. lines.Distinct().Order(StringComparer.Ordinal)] : lines;
            }

            await Task.Delay(AskAgainAfter, CancellationToken.None);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ScriptedCommand command, string address)
    {
        ProcessStartInfo start = new(LabPrograms.Find("temporal"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] format = command.IsJson ? ["--output", "json"] : [];
        string[] common = ["--address", address, "--identity", "a test", "--color", "never", "--command-timeout", "60s"];
        foreach (string argument in (string[])[.. command.Arguments(), .. format, .. common])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static IEnumerable<string> Differences(ScriptedCommand command, IReadOnlyList<string> ours, IReadOnlyList<string> theirs) =>
        ours.SequenceEqual(theirs)
            ? []
            :
            [
                $"temporal {command.Text}{(command.IsJson ? " (JSON)" : "")}",
                .. ours.Except(theirs).Select(line => $"  ours alone:   {line}"),
                .. theirs.Except(ours).Select(line => $"  theirs alone: {line}"),
            ];
}
