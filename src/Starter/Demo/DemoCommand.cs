using System.CommandLine;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
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
        Option<FileInfo?> scenario = new("--scenario")
        {
            Description = "The Kafka cluster, as YAML: brokers, controllers, topics, timings (default: three of each, two topics)",
            HelpName = "file",
        };
        Option<string> procedure = new("--procedure")
        {
            Description = "The procedure to run (default: roll-kafka-cluster)",
            HelpName = "name",
            DefaultValueFactory = _ => DemoScript.Roll,
        };
        procedure.AcceptOnlyFromAmong([.. Procedures.All.Select(each => each.Name)]);
        Option<DemoFault?> fault = Choice.Completed(new Option<DemoFault?>("--fault")
        {
            Description = "A fault to inject: slow-broker, unready-pod or lost-controller",
            HelpName = "fault",
            CustomParser = result => Choice.Parse<DemoFault>(result),
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
                Read(parsed.GetValue(scenario)),
                parsed.GetRequiredValue(procedure),
                parsed.GetValue(fault),
                Confirmation.IsGiven(parsed) || !terminal.CanAsk,
                parsed.GetValue(keep));
            return await new DemoScript(wishes, terminal, root).RunAsync(cancellationToken);
        });
        return command;
    }

    private static ClusterScenario Read(FileInfo? file)
    {
        try
        {
            return new ClusterScenario
            {
                Kafka = file is null ? DemoScript.Kafka : ScenarioReader.Kafka(File.ReadAllText(file.FullName)),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SopException(ExitCode.Usage, $"The scenario {file!.FullName} cannot be used: {e.Message}", e);
        }
    }
}
