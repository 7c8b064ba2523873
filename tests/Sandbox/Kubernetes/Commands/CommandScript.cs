using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Orchestrator.Sandbox.Tests.CommandLine;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Commands;

/// <summary>
/// The lab's <c>kubectl</c> and <c>helm</c> on a cluster, command by command as a file in <c>Scripts</c> has them, in a namespace of its
/// own, <c>{ns}</c>. Before a command may stand <c>until TEXT |</c> (it is run again until TEXT is in the answer), <c>last |</c> (the last
/// line counts alone), <c>sorted |</c> (the lines come in any order) and <c>quiet |</c> (the exit code counts alone).
/// </summary>
internal sealed class CommandScript(string name, string kubeconfig)
{
    private static readonly string Folder = Here();
    private static readonly TimeSpan ComesWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly string _namespace = $"c-{Guid.NewGuid():N}"[..12];

    /// <summary>The names of the scripts.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.commands").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    /// <summary>What a script has to print: recorded on a real cluster.</summary>
    public static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.out"));

    /// <summary>Records what a script printed.</summary>
    public static void Record(string name, string transcript) => File.WriteAllText(Path.Combine(Folder, $"{name}.out"), transcript);

    /// <summary>What two transcripts of a script differ in, command by command; empty where they are the same.</summary>
    public static string Differences(string expected, string actual)
    {
        string[] theirs = expected.ReplaceLineEndings("\n").Split("\n\n");
        string[] ours = actual.Split("\n\n");
        return string.Concat(theirs.Zip(ours).Where(pair => pair.First != pair.Second).Select(pair =>
            $"\n-- expected\n{pair.First}\n-- printed\n{pair.Second}\n"))
            + (theirs.Length == ours.Length ? "" : $"\n{theirs.Length} commands were expected, {ours.Length} were run.");
    }

    /// <summary>Runs the commands.</summary>
    /// <returns>Every command with its exit code and what it printed, without what differs from run to run.</returns>
    public async Task<string> RunAsync()
    {
        string home = Directory.CreateTempSubdirectory("orchestrator-commands-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(home, "kubeconfig"), kubeconfig);
            await RunAsync("kubectl", ["create", "namespace", _namespace], home);
            await RunAsync("kubectl", ["config", "set-context", "--current", $"--namespace={_namespace}"], home);
            StringBuilder transcript = new();
            foreach (ScriptedCommand command in ScriptedCommand.ReadAll(Path.Combine(Folder, $"{name}.commands")))
            {
                transcript.Append("$ ").Append(command.Text).Append('\n').Append(await AnswerAsync(command, home)).Append('\n');
            }

            await RunAsync("kubectl", ["delete", "namespace", _namespace, "--wait=false"], home);
            return transcript.ToString();
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private async Task<string> AnswerAsync(ScriptedCommand command, string home)
    {
        string[] words = [.. command.Arguments().Select(word => word.Replace("{ns}", _namespace, StringComparison.Ordinal))];
        using CancellationTokenSource limit = new(ComesWithin);
        while (true)
        {
            (int code, string output) = await RunAsync(words[0], words[1..], home);
            string printed = ComparableCommandOutput.Of(output, _namespace);
            if (limit.IsCancellationRequested || command.Until.All(text => printed.Contains(text, StringComparison.Ordinal)))
            {
                string[] lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                IEnumerable<string> kept = command.IsQuiet ? []
                    : command.IsLast ? lines.TakeLast(1)
                    : command.IsSorted ? lines.Order(StringComparer.Ordinal)
                    : lines;
                return string.Concat(kept.Prepend($"exit code {code}").Select(line => $"{line}\n"));
            }

            await Task.Delay(AskAgainAfter, CancellationToken.None);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string home)
    {
        ProcessStartInfo start = new(LabPrograms.Find(program), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        start.Environment["HOME"] = home;
        start.Environment["KUBECONFIG"] = Path.Combine(home, "kubeconfig");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static string Here([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Scripts");
}
