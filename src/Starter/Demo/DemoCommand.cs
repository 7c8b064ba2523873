using System.CommandLine;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Demo;

/// <summary><c>sop demo</c>: a Kafka cluster in this process, rolled before one's eyes, its worker killed in the middle.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="root">The whole command line: what the demo does, it does by its commands.</param>
    public static Command Create(Terminal terminal, RootCommand root)
    {
        Option<bool> keep = new("--keep") { Description = "Leave the cluster up afterwards, until Ctrl-C, and print its environment" };
        Option<FileInfo?> scenario = ScenarioFile.Option("--scenario");
        Option<string> procedure = new("--procedure")
        {
            Description = "The procedure to run (default: roll-kafka-cluster)",
            HelpName = "name",
            DefaultValueFactory = _ => DemoScript.Roll,
        };
        procedure.AcceptOnlyFromAmong(
            [.. ProcedureCatalogue.All.Where(each => each.Kind == ProcedureKind.Change).Select(each => each.Name)]);
        Option<BoxFault?> fault = Choice.Completed(new Option<BoxFault?>("--fault")
        {
            Description = "A fault to inject: slow-broker, unready-pod or lost-controller",
            HelpName = "fault",
            CustomParser = result => Choice.Parse<BoxFault>(result),
        });
        Command command = new("demo", "Watch a Kafka cluster being rolled: everything runs in this process, nothing is installed")
        {
            Confirmation.Option,
            keep,
            scenario,
            procedure,
            fault,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DemoWishes wishes = new(
                ScenarioFile.Read(parsed.GetValue(scenario)),
                parsed.GetRequiredValue(procedure),
                parsed.GetValue(fault),
                Confirmation.IsGiven(parsed) || !terminal.CanAsk,
                parsed.GetValue(keep));
            return await new DemoScript(wishes, terminal, root).RunAsync(cancellationToken);
        });
        return command;
    }
}
