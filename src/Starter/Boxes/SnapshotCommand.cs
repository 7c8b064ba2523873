using System.CommandLine;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Worker.InProcess;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Boxes;

/// <summary><c>sop sandbox snapshot</c>: a scenario of a live cluster. It reads only, and leaves secrets out.</summary>
internal static class SnapshotCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> context = new("--context")
        {
            Description = "The cluster, as the inventory or the kubeconfig calls it",
            HelpName = "name",
            Required = true,
        };
        Option<string?> @namespace = new("--namespace")
        {
            Description = "The namespace of the resources (default: that of the cluster)",
            HelpName = "name",
        };
        Option<string> kafka = new("--name")
        {
            Description = "The Kafka resource (default: kafka)",
            HelpName = "name",
            DefaultValueFactory = _ => "kafka",
        };
        Command command = new("snapshot", "Print a live cluster as a scenario for 'sop rehearse --from'; reads only, secrets are left out")
        {
            context,
            @namespace,
            kafka,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ChangeTarget(parsed.GetRequiredValue(context), parsed.GetValue(@namespace)),
            parsed.GetRequiredValue(kafka),
            parsed.GetValue(GlobalOptions.Output),
            terminal,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ChangeTarget target, string kafka, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        ClusterScenario scenario = await TakeAsync(target, kafka, cancellationToken);
        terminal.PrintDocument(format == OutputFormat.Json ? ScenarioText.Json(scenario) : ScenarioText.Yaml(scenario));
        return ExitCode.Done;
    }

    /// <summary>Takes it.</summary>
    /// <exception cref="SopException">The cluster cannot be read, or is none that a box could be.</exception>
    public static async Task<ClusterScenario> TakeAsync(ChangeTarget target, string kafka, CancellationToken cancellationToken)
    {
        try
        {
            await using LiveCluster live = await LiveCluster.ReadAsync(target, kafka, cancellationToken);
            return await ClusterSnapshot.TakeAsync(
                live.Client,
                target.Context,
                live.Namespace,
                kafka,
                [.. live.Topics.Select(Topic)],
                live.ClusterId,
                cancellationToken);
        }
        catch (LiveClusterException e)
        {
            throw new SopException(ExitCode.OutOfReach, $"{target} cannot be read: {e.Message}", e);
        }
        catch (ApiException e)
        {
            throw new SopException(
                e.IsNotFound ? ExitCode.Usage : ExitCode.OutOfReach, $"{target} cannot be read: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new SopException(ExitCode.Blocked, $"{target} cannot be copied into a box: {e.Message}", e);
        }
    }

    private static TopicScenario Topic(LiveTopic topic) => new()
    {
        Name = topic.Name,
        Assignment = topic.Assignment,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["min.insync.replicas"] = $"{topic.MinInSync}" },
        OutOfSync = [.. topic.OutOfSync.Select(replica => $"{replica.Partition}:{replica.Broker}")],
    };
}
