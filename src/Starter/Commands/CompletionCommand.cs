using System.CommandLine;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop completion</c>: a script that teaches a shell to complete commands and options.</summary>
internal static class CompletionCommand
{
    // Each asks sop itself, by the directive that System.CommandLine answers: what can follow at a position of a line.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _sop() {
                local IFS=$'\n'
                COMPREPLY=($(sop "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
            }
            complete -o default -F _sop sop
            """,
        ["zsh"] = """
            #compdef sop
            _sop() {
                local -a found
                found=("${(@f)$(sop "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- $found
            }
            compdef _sop sop
            """,
        ["fish"] = """
            complete -f -c sop -a '(sop "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
            """,
    };

    public static Command Create(Terminal terminal)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Command command = new("completion", "Print a completion script: source <(sop completion bash)") { shell };
        command.SetAction(parsed => terminal.PrintDocument(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }
}
