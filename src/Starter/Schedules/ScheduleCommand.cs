using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Temporalio.Api.Enums.V1;
using Temporalio.Client.Schedules;

namespace Orchestrator.Starter.Schedules;

/// <summary><c>sop schedule</c>: procedures that run by themselves.</summary>
internal static class ScheduleCommand
{
    public static Command Create(Terminal terminal) => new(
        "schedule", "Run procedures on a schedule; one that changes something asks for its approvals each time")
    {
        Make(terminal),
        List(terminal),
        Describe(terminal),
        Pause(terminal),
        Resume(terminal),
        Trigger(terminal),
        Backfill(terminal),
        Delete(terminal),
        ScheduleApplyCommand.Create(terminal),
    };

    private static Argument<string> Name() => new("name") { Description = "The schedule, as 'sop schedule list' shows it" };

    private static Command Make(Terminal terminal)
    {
        Argument<string> name = new("name") { Description = "Its name: lower-case letters, digits and dashes" };
        Argument<string> procedure = Completions.OfProcedures(new("procedure") { Description = "The procedure" });
        Argument<string[]> fields = new("key=value") { Description = "The procedure's own fields", Arity = ArgumentArity.ZeroOrMore };
        Completions.OfKeys(fields, procedure);
        Option<string> target = new("--target") { Description = "The target", HelpName = "context/namespace", Required = true };
        Option<string?> every = new("--every") { Description = "The time between two runs, such as 15m", HelpName = "duration" };
        Option<string?> offset = new("--offset") { Description = "By how much later than full multiples of it", HelpName = "duration" };
        Option<string[]> cron = new("--cron")
        {
            Description = "A cron expression, such as '0 3 * * 1'; may be repeated", HelpName = "expression",
        };
        Option<string?> zone = new("--time-zone") { Description = "Of the cron expressions (default: UTC)", HelpName = "zone" };
        Option<string?> jitter = new("--jitter") { Description = "Begin by up to so much later (default: 0s)", HelpName = "duration" };
        Option<string?> catchUp = new("--catch-up")
        {
            Description = "Make up for runs that were missed by no more than this (default: 10m)", HelpName = "duration",
        };
        Option<string?> overlap = new("--overlap")
        {
            Description = "Where the run before has not ended: skip (the default) or buffer-one", HelpName = "skip|buffer-one",
        };
        Option<string?> reason = new("--reason") { Description = "Why, in 10-500 characters; approvers see it", HelpName = "text" };
        Option<string?> ticket = new("--ticket") { Description = "The ticket of its changes", HelpName = "id" };
        Option<bool> paused = new("--paused") { Description = "Make it paused" };
        Command command = new("create", "Make a schedule")
        {
            name, procedure, fields, target, every, offset, cron, zone, jitter, catchUp, overlap, reason, ticket, paused,
            ActorOption.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            JsonObject written = new()
            {
                ["name"] = parsed.GetRequiredValue(name),
                ["procedure"] = parsed.GetRequiredValue(procedure),
                ["target"] = parsed.GetRequiredValue(target),
                ["every"] = parsed.GetValue(every),
                ["offset"] = parsed.GetValue(offset),
                ["cron"] = parsed.GetValue(cron) is { Length: > 0 } lines
                    ? new JsonArray([.. lines.Select(line => JsonValue.Create(line))]) : null,
                ["time-zone"] = parsed.GetValue(zone),
                ["jitter"] = parsed.GetValue(jitter),
                ["catch-up"] = parsed.GetValue(catchUp),
                ["overlap"] = parsed.GetValue(overlap),
                ["reason"] = parsed.GetValue(reason),
                ["ticket"] = parsed.GetValue(ticket),
            };
            string actor = ActorOption.Read(parsed);
            ScheduledProcedure wanted = ScheduledProcedure.Read(written, parsed.GetValue(fields) ?? [], actor);
            ScheduleServer server = await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken);
            string? why = parsed.GetValue(paused) ? $"Made paused by {actor}." : null;
            await server.CreateAsync(wanted, actor, why, cancellationToken);
            return await ShowAsync(server, wanted.Plan.Name, parsed, terminal, cancellationToken);
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        Command command = new("list", "Show all schedules");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ScheduleServer server = await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken);
            terminal.Print(parsed.GetValue(GlobalOptions.Output), await server.ListAsync(cancellationToken), ScheduleSheet.Of);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Describe(Terminal terminal)
    {
        Argument<string> name = Name();
        Command command = new("describe", "Show a schedule: when it runs, who made it, its last runs") { name };
        command.SetAction(async (parsed, cancellationToken) => await ShowAsync(
            await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken), parsed.GetRequiredValue(name), parsed, terminal,
            cancellationToken));
        return command;
    }

    private static Command Pause(Terminal terminal)
    {
        Option<string> reason = new("--reason") { Description = "Why", HelpName = "text", Required = true };
        Command command = Acting(
            "pause", "Pause a schedule; a run that has begun goes on", terminal,
            (parsed, handle, rpc) => handle.PauseAsync($"Paused by {ActorOption.Read(parsed)}: {parsed.GetValue(reason)}", rpc));
        command.Add(reason);
        return command;
    }

    private static Command Resume(Terminal terminal) => Acting(
        "resume", "Go on with a schedule that is paused", terminal,
        (parsed, handle, rpc) => handle.UnpauseAsync($"Resumed by {ActorOption.Read(parsed)}.", rpc));

    private static Command Trigger(Terminal terminal) => Acting(
        "trigger", "Run a schedule now, also where it is paused", terminal,
        (_, handle, rpc) => handle.TriggerAsync(new ScheduleTriggerOptions { Rpc = rpc }));

    private static Command Backfill(Terminal terminal)
    {
        Option<DateTimeOffset> from = new("--from")
        {
            Description = "The first time", HelpName = "time", Required = true, CustomParser = Moment,
        };
        Option<DateTimeOffset> to = new("--to")
        {
            Description = "The last time", HelpName = "time", Required = true, CustomParser = Moment,
        };
        Command command = Acting(
            "backfill", "Run a schedule for all its times between two, one after the other", terminal,
            (parsed, handle, rpc) => handle.BackfillAsync(
                [
                    new ScheduleBackfill(
                        parsed.GetValue(from).UtcDateTime, parsed.GetValue(to).UtcDateTime, ScheduleOverlapPolicy.BufferAll),
                ],
                rpc));
        command.Add(from);
        command.Add(to);
        return command;
    }

    private static Command Delete(Terminal terminal)
    {
        Argument<string> name = Name();
        Command command = new("delete", "Delete a schedule; a run that has begun goes on") { name, Confirmation.Option };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ScheduleServer server = await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken);
            KnownSchedule known = await server.GetAsync(parsed.GetRequiredValue(name), cancellationToken);
            if (!Confirmation.IsGiven(parsed) && terminal.CanAsk)
            {
                terminal.Print(ScheduleSheet.Of(known).Line(""));
                Confirmation.Require("Delete it?", terminal);
            }

            await server.CallAsync(known.Name, (handle, rpc) => handle.DeleteAsync(rpc), cancellationToken);
            terminal.Print(parsed.GetValue(GlobalOptions.Output), known, schedule => new Sheet().Line($"Deleted {schedule.Name}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Acting(
        string verb,
        string description,
        Terminal terminal,
        Func<ParseResult, ScheduleHandle, Temporalio.Client.RpcOptions, Task> act)
    {
        Argument<string> name = Name();
        Command command = new(verb, description) { name, ActorOption.Option };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ScheduleServer server = await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken);
            KnownSchedule known = await server.GetAsync(parsed.GetRequiredValue(name), cancellationToken);
            await server.CallAsync(known.Name, (handle, rpc) => act(parsed, handle, rpc), cancellationToken);
            return await ShowAsync(server, known.Name, parsed, terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        ScheduleServer server, string name, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.Print(parsed.GetValue(GlobalOptions.Output), await server.GetAsync(name, cancellationToken), ScheduleSheet.Of);
        return ExitCode.Done;
    }

    private static DateTimeOffset Moment(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
        {
            result.AddError($"'{text}' is not a time such as 2026-12-01T06:00:00Z.");
        }

        return moment;
    }
}
