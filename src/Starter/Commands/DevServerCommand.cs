using System.CommandLine;
using System.Globalization;
using System.Net;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;

namespace Orchestrator.Starter.Commands;

/// <summary>
/// <c>sop dev-server</c>: a Temporal server in this process, for whoever writes a procedure; <c>sop dev-server state</c>: what is in it.
/// </summary>
internal static class DevServerCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string[]> namespaces = new("--namespace")
        {
            Description = "A namespace to create at the start; may be given more than once (default: default)",
            HelpName = "name",
        };
        Option<int> port = Port("Port on 127.0.0.1 to listen on; 0 takes any free one");
        Command command = new("dev-server", "Run a Temporal server in this process, for writing procedures; its state is lost when it ends")
        {
            port,
            namespaces,
            CreateState(terminal),
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(port),
            parsed.GetValue(namespaces) is { Length: > 0 } named ? named : ["default"],
            parsed.GetValue(GlobalOptions.Output),
            terminal,
            cancellationToken));
        return command;
    }

    private static Command CreateState(Terminal terminal)
    {
        Option<int> port = Port("Port on 127.0.0.1 that it listens on");
        Command command = new("state", "Print all state of a running development server as JSON, for a bug report; includes inputs")
        {
            port,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            terminal.PrintDocument(await DevelopmentServer.ReadStateAsync(parsed.GetValue(port), cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<int> Port(string description) => new("--port")
    {
        Description = $"{description} (default: {DevelopmentServer.DefaultPort})",
        HelpName = "number",
        DefaultValueFactory = _ => DevelopmentServer.DefaultPort,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= IPEndPoint.MaxPort)
            {
                return number;
            }

            result.AddError($"'{text}' is not a valid port; it must be a number from 0 to {IPEndPoint.MaxPort}.");
            return 0;
        },
    };

    private static async Task<int> RunAsync(
        int port, IReadOnlyList<string> namespaces, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        await using TemporalBox box = await DevelopmentServer.StartAsync(port, namespaces, cancellationToken);
        terminal.Print(format, new DevServer(box.Address, namespaces, TemporalBox.ServerVersion), DevServerSheet.Of);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }

        terminal.Say($"The development server at {box.Address} ends; its state is gone.");
        return ExitCode.Done;
    }
}
