using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Notifications;

/// <summary><c>sop notify</c>: tells people something outside of any change.</summary>
internal static class NotifyCommand
{
    public static Command Create(Terminal terminal) => new("notify", "See whether people can be reached") { Test(terminal) };

    private static Command Test(Terminal terminal)
    {
        Argument<string> route = new("route") { Description = "The route, as the workers' configuration names it" };
        Command command = new("test", "Send a notice over a route; exit code 1 where no channel of it accepts it")
        {
            route, ActorOption.Option,
        };
        command.SetAction((parsed, cancellationToken) => TestAsync(
            parsed.GetRequiredValue(route), ActorOption.Read(parsed), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> TestAsync(
        string route, string actor, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        string id = $"notify-test/{Guid.NewGuid():N}";
        NotificationEvent notice = new(
            "notify.test", NotificationSeverity.Info, id, $"Test of route {route}",
            $"{actor} tries whether this arrives. Nothing is wrong.")
        {
            Route = route,
        };
        IReadOnlyList<NotificationDelivery> deliveries = (await SendAsync(server, id, notice, cancellationToken)).Deliveries;
        if (deliveries is not [NotificationDelivery delivery])
        {
            throw new SopException(ExitCode.Usage, $"The worker has no route '{route}' under Orchestrator:Notifications:Routes.");
        }

        terminal.Print(format, delivery, Sheet);
        return delivery.Channel is null ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<NotifyResult> SendAsync(
        TemporalServer server, string id, NotificationEvent notice, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                async rpc =>
                {
                    WorkflowHandle handle = await server.Client.StartWorkflowAsync(
                        TellPeopleWorkflow.Type, [notice],
                        new(id, ChangeNames.TaskQueue) { StaticSummary = notice.Title, Rpc = rpc });
                    return await handle.GetResultAsync<NotifyResult>(rpcOptions: rpc);
                },
                new RpcOptions(),
                cancellationToken);
        }
        catch (WorkflowFailedException e)
        {
            throw new SopException(ExitCode.Failed, $"The notice could not be sent: {(e.InnerException ?? e).Message}", e);
        }
    }

    private static Sheet Sheet(NotificationDelivery delivery)
    {
        Sheet sheet = new();
        foreach (string failure in delivery.Failures)
        {
            sheet.Line(failure);
        }

        return sheet.Line(delivery.Channel is { } channel ? $"Accepted by {channel}." : "No channel accepted it.");
    }
}
