using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary>Runs the command that the arguments name, and makes of everything that goes wrong a sentence and an exit code.</summary>
internal static class CommandLine
{
    // A reason may begin with '@'; it names no file.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    // After Ctrl-C: a demo ends its processes and servers, which takes a busy machine some seconds.
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, Terminal terminal)
    {
        ParseResult parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, Parsing);
        terminal.Format = GlobalOptions.Format(parsed);
        if (parsed.Errors.Count > 0)
        {
            terminal.SayErrors(ExitCode.Usage, UsageErrors.Of(parsed));
            terminal.Say($"Run '{Name(parsed.CommandResult)} --help' for usage.");
            return ExitCode.Usage;
        }

        try
        {
            InvocationConfiguration invocation = new()
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndsWithin,
            };
            return await parsed.InvokeAsync(invocation, CancellationToken.None);
        }
        catch (SopException e)
        {
            terminal.SayErrors(e.ExitCode, e.Sentences);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The edge of the process: whatever got here is told in one sentence, never as a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            terminal.SayErrors(ExitCode.Failed, [$"This is a bug in sop: {e.GetType().Name}: {e.Message}"]);
            return ExitCode.Failed;
        }
    }

    private static string Name(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : command.Command.Name;
}
