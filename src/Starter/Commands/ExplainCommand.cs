using System.CommandLine;
using Orchestrator.Activities;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop explain</c>: what a code means and what to do; needs no server.</summary>
internal static class ExplainCommand
{
    private static readonly IReadOnlyList<Reason> Reasons =
        [.. ReasonCatalogue.Of(typeof(ReasonCatalogue).Assembly), .. ReasonCatalogue.Of(typeof(FailureTypes).Assembly)];

    public static Command Create(Terminal terminal)
    {
        Argument<string> code = new("code") { Description = "A code that sop printed, such as POD_NOT_READY" };
        code.CompletionSources.Add(_ => Reasons.Select(reason => reason.Code).Distinct().Order(StringComparer.Ordinal));
        Command command = new("explain", "Say what a code means and what to do about it") { code };
        command.SetAction(parsed =>
        {
            IReadOnlyList<ExplainedCode> found = Find(parsed.GetRequiredValue(code));
            terminal.Print(parsed.GetValue(GlobalOptions.Output), found, Sheet);
        });
        return command;
    }

    private static IReadOnlyList<ExplainedCode> Find(string wanted)
    {
        IReadOnlyList<ExplainedCode> found =
        [
            .. Reasons.Where(reason => reason.Code.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                .Select(reason => new ExplainedCode(reason.Code, reason.Table, reason.Meaning, reason.Remedy)),
        ];
        if (found.Count > 0)
        {
            return found;
        }

        string[] codes = [.. Reasons.Select(reason => reason.Code).Distinct()];
        IReadOnlyList<string> meant = NearNames.Meant(wanted.ToUpperInvariant(), codes);
        string hint = meant.Count > 0 ? $"; did you mean {string.Join(" or ", meant)}?" : ". docs/errors.md lists all.";
        throw new SopException(ExitCode.Usage, $"There is no code '{wanted}'{hint}");
    }

    private static Sheet Sheet(IReadOnlyList<ExplainedCode> found)
    {
        Sheet sheet = new();
        foreach (ExplainedCode one in found)
        {
            sheet.Heading($"{one.Code} ({one.Table})").Line(one.Meaning).Line($"What to do: {one.Remedy}");
        }

        return sheet;
    }

    private sealed record ExplainedCode(string Code, string Table, string Meaning, string Remedy);
}
