using System.CommandLine;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Starter.Exits;

namespace Orchestrator.Starter.Boxes;

/// <summary>Clusters in the box as users describe them: a file, or the one that every demo has.</summary>
internal static class ScenarioFile
{
    /// <summary>The cluster where no file names another: two topics, and brokers that are back within seconds.</summary>
    public static ClusterScenario Default { get; } = new()
    {
        Kafka = new KafkaScenario
        {
            Topics =
            [
                new TopicScenario { Name = "orders", RecordsPerSecond = 200, Bytes = 20_000_000 },
                new TopicScenario { Name = "payments", Partitions = 3, RecordsPerSecond = 50, Bytes = 5_000_000 },
            ],
            Timings = new KafkaTimings { BrokerStart = TimeSpan.FromSeconds(2) },
        },
    };

    /// <summary>The option that names a file.</summary>
    /// <param name="name">Its name, such as <c>--scenario</c>.</param>
    public static Option<FileInfo?> Option(string name) => new(name)
    {
        Description = "The cluster, as YAML: a snapshot of a live one, or brokers, controllers, topics and timings of Kafka alone "
            + "(default: three of each, two topics)",
        HelpName = "file",
    };

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file; null: the default.</param>
    /// <exception cref="SopException">It cannot be read, or is no scenario.</exception>
    public static ClusterScenario Read(FileInfo? file)
    {
        try
        {
            return file is null ? Default : ClusterScenarioReader.Read(File.ReadAllText(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SopException(ExitCode.Usage, $"The scenario {file!.FullName} cannot be used: {e.Message}", e);
        }
    }
}
