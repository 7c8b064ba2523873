using System.CommandLine;
using System.Net.Http.Json;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Clusters.Faults;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Boxes;

/// <summary><c>sop sandbox fault</c>: has something go wrong in a box that runs, such as that of <c>sop demo --keep</c>.</summary>
internal static class FaultCommand
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    public static Command Create(Terminal terminal)
    {
        Argument<string?> name = new("fault")
        {
            Description = "What goes wrong, such as kill-pod; without it, all that can is listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string[]> assignments = new("key=value")
        {
            Description = "What the fault has to be told, such as pod=kafka-1",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<Uri?> at = new("--at")
        {
            Description = $"Where the box listens (default: the variable {ClusterBox.FaultsVariable} that 'sop demo --keep' prints)",
            HelpName = "url",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? url) ? url : Refuse(result),
        };
        Command command = new("fault", "Have something go wrong in a box that runs, such as that of 'sop demo --keep'")
        {
            name,
            assignments,
            at,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(at), parsed.GetValue(name), parsed.GetValue(assignments) ?? [], parsed.GetValue(GlobalOptions.Output),
            terminal, cancellationToken));
        return command;
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--at '{result.Tokens[0].Value}' is no URL, such as http://127.0.0.1:7300.");
        return null;
    }

    private static async Task<int> RunAsync(
        Uri? at, string? name, string[] assignments, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        Uri address = at ?? FromEnvironment();
        using HttpClient http = new() { BaseAddress = address, Timeout = AnswersWithin };
        try
        {
            if (name is null)
            {
                FaultKind[] kinds = (await http.GetFromJsonAsync<FaultKind[]>(Path(""), cancellationToken))!;
                terminal.Print(format, kinds, List);
                return ExitCode.Done;
            }

            using HttpResponseMessage answer = await http.PostAsJsonAsync(Path($"/{name}"), Read(assignments), cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new SopException(ExitCode.Usage, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            terminal.Say($"Done: {string.Join(' ', [name, .. assignments])}");
            return ExitCode.Done;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"No box answers at {address}: {e.Message.TrimEnd('.')}. 'sop demo --keep' runs one, and prints where.",
                e);
        }
    }

    private static Uri Path(string below) => new($"v1/faults{below}", UriKind.Relative);

    private static Uri FromEnvironment() =>
        Uri.TryCreate(Environment.GetEnvironmentVariable(ClusterBox.FaultsVariable), UriKind.Absolute, out Uri? url)
            ? url
            : throw new SopException(
                ExitCode.Usage,
                $"Which box? Say it with --at, or with the variable {ClusterBox.FaultsVariable} that 'sop demo --keep' prints.");

    private static Dictionary<string, string> Read(string[] assignments)
    {
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (string assignment in assignments)
        {
            int sign = assignment.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
            {
                throw new SopException(ExitCode.Usage, $"'{assignment}' is no key=value.");
            }

            read[assignment[..sign]] = assignment[(sign + 1)..];
        }

        return read;
    }

    private static Sheet List(IReadOnlyList<FaultKind> kinds) => new Sheet().Table(
        null,
        ["FAULT", "IS TOLD", "WHAT HAPPENS"],
        kinds.Select(kind => new Cell[]
        {
            kind.Name, kind.Parameters.Count == 0 ? "-" : string.Join(' ', kind.Parameters.Select(each => $"{each}=")), kind.Summary,
        }));
}
