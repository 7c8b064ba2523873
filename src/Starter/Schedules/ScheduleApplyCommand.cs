using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Schedules;

/// <summary><c>sop schedule apply</c>: makes the schedules what a file says, after it has shown what that changes.</summary>
internal static class ScheduleApplyCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> file = new("--file", "-f")
        {
            Description = "The file, in YAML or JSON, or - for standard input", HelpName = "file", Required = true,
        };
        Option<bool> prune = new("--prune") { Description = "Delete schedules that the file does not have (default: they stay)" };
        Option<bool> dryRun = new("--dry-run") { Description = "Show what would change, and change nothing" };
        Command command = new("apply", "Make the schedules what a file says")
        {
            file, prune, dryRun, ActorOption.Option, Confirmation.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string actor = ActorOption.Read(parsed);
            IReadOnlyList<ScheduledProcedure> wanted = ScheduledProcedure.ReadFile(parsed.GetRequiredValue(file), terminal.Input, actor);
            ScheduleServer server = await ScheduleServer.ConnectAsync(terminal.Clock, cancellationToken);
            IReadOnlyList<ScheduleChange> changes = Compare(
                wanted, await server.ListAsync(cancellationToken), parsed.GetValue(prune));
            terminal.Print(parsed.GetValue(GlobalOptions.Output), changes, Sheet);
            ScheduleChange[] made = [.. changes.Where(change => change.Verb is not (ScheduleVerb.Same or ScheduleVerb.Kept))];
            if (parsed.GetValue(dryRun) || made.Length == 0)
            {
                return ExitCode.Done;
            }

            if (!Confirmation.IsGiven(parsed))
            {
                Confirmation.Require($"Change {made.Length} schedule{(made.Length == 1 ? "" : "s")}?", terminal);
            }

            foreach (ScheduleChange change in made)
            {
                await MakeAsync(server, change, actor, cancellationToken);
                terminal.Say($"{Done(change.Verb)} {change.Name}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What has to be done for the schedules to be as wanted, by name.</summary>
    /// <param name="wanted">The schedules of the file.</param>
    /// <param name="known">The schedules that there are.</param>
    /// <param name="prunes">Whether those that the file does not have are deleted.</param>
    internal static IReadOnlyList<ScheduleChange> Compare(
        IReadOnlyList<ScheduledProcedure> wanted, IReadOnlyList<KnownSchedule> known, bool prunes)
    {
        Dictionary<string, KnownSchedule> there = known.ToDictionary(schedule => schedule.Name, StringComparer.Ordinal);
        return
        [
            .. wanted.Select(each => Change(each, there.GetValueOrDefault(each.Plan.Name)))
                .Concat(known.Where(schedule => wanted.All(each => each.Plan.Name != schedule.Name)).Select(schedule =>
                    new ScheduleChange(schedule.Name, prunes ? ScheduleVerb.Delete : ScheduleVerb.Kept, []) { Known = schedule }))
                .OrderBy(change => change.Name, StringComparer.Ordinal),
        ];
    }

    private static ScheduleChange Change(ScheduledProcedure wanted, KnownSchedule? known)
    {
        if (known is null)
        {
            return new(wanted.Plan.Name, ScheduleVerb.Create, [$"{wanted.Procedure.Name} on {wanted.Target}, {wanted.Plan.When}."])
            {
                Wanted = wanted,
            };
        }

        IReadOnlyList<string> differences = ScheduleServer.Differences(known.Record.Plan, wanted.Plan);
        return new(wanted.Plan.Name, differences.Count > 0 ? ScheduleVerb.Update : ScheduleVerb.Same, differences)
        {
            Wanted = wanted, Known = known,
        };
    }

    private static Task MakeAsync(ScheduleServer server, ScheduleChange change, string actor, CancellationToken cancellationToken) =>
        change.Verb switch
        {
            ScheduleVerb.Create => server.CreateAsync(change.Wanted!, actor, null, cancellationToken),
            ScheduleVerb.Update => server.UpdateAsync(change.Known!, change.Wanted!, actor, cancellationToken),
            _ => server.CallAsync(change.Name, (handle, rpc) => handle.DeleteAsync(rpc), cancellationToken),
        };

    private static string Done(ScheduleVerb verb) => verb switch
    {
        ScheduleVerb.Create => "Created",
        ScheduleVerb.Update => "Updated",
        _ => "Deleted",
    };

    private static Sheet Sheet(IReadOnlyList<ScheduleChange> changes) => changes.Count == 0
        ? new Sheet().Line("The file has no schedule, and there is none.")
        : new Sheet().Table(
            null,
            ["schedule", "change", "what"],
            changes.Select(change => new Cell[] { change.Name, Word(change.Verb), string.Join('\n', change.Differences) }));

    private static string Word(ScheduleVerb verb) => verb switch
    {
        ScheduleVerb.Same => "none",
        ScheduleVerb.Kept => "none: not in the file; --prune deletes it",
        _ => $"{verb}".ToLowerInvariant(),
    };
}

/// <summary>What is to be done to a schedule.</summary>
/// <param name="Name">The schedule.</param>
/// <param name="Verb">What is to be done.</param>
/// <param name="Differences">How it differs from what it is, a sentence each.</param>
internal sealed record ScheduleChange(string Name, ScheduleVerb Verb, IReadOnlyList<string> Differences)
{
    /// <summary>What it is to be; null where it is to go, or stays.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ScheduledProcedure? Wanted { get; init; }

    /// <summary>What it is; null where it is not there.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public KnownSchedule? Known { get; init; }
}

/// <summary>What is to be done to a schedule.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ScheduleVerb>))]
internal enum ScheduleVerb
{
    /// <summary>Nothing: it is as wanted.</summary>
    Same,

    /// <summary>Nothing: the file does not have it, and it stays.</summary>
    Kept,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is deleted.</summary>
    Delete,
}
