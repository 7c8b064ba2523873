using System.Diagnostics;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>What one Kafka process is started with; the flags are those of the lab's own brokers.</summary>
internal sealed record KafkaLaunch
{
    public required KafkaInstallation Installation { get; init; }

    public required string Release { get; init; }

    public required string PropertiesFile { get; init; }

    public required string LogFolder { get; init; }

    public required string LogFile { get; init; }

    public required string PidFile { get; init; }

    public required string ClusterId { get; init; }

    public required PodPorts Ports { get; init; }

    public required bool IsController { get; init; }

    /// <summary>Further arguments of the JVM; the last one of a kind counts.</summary>
    public IReadOnlyList<string> JvmArguments { get; init; } = [];

    /// <summary>Further arguments of the format tool, such as users.</summary>
    public IReadOnlyList<string> FormatArguments { get; init; } = [];

    /// <summary>Formats the log folder unless it holds a node's data already.</summary>
    /// <exception cref="InvalidOperationException">The format tool failed; the log file says why.</exception>
    public async Task FormatAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(LogFolder, "meta.properties")))
        {
            return;
        }

        ProcessStartInfo start = new(
            "java",
            [
                "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", $"-Dlog4j2.configurationFile={Installation.ToolLogging}",
                "-cp", Installation.ClassPath(Release), "kafka.tools.StorageTool",
                "format", "--cluster-id", ClusterId, "--config", PropertiesFile, "--ignore-formatted", .. FormatArguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process format = Process.Start(start)!;
        string[] said = await Task.WhenAll(
            format.StandardOutput.ReadToEndAsync(cancellationToken), format.StandardError.ReadToEndAsync(cancellationToken));
        await format.WaitForExitAsync(cancellationToken);
        await File.AppendAllTextAsync(LogFile, string.Concat(said), cancellationToken);
        if (format.ExitCode != 0)
        {
            throw new InvalidOperationException($"Formatting {LogFolder} ended with {format.ExitCode}; see {LogFile}.");
        }
    }

    /// <summary>Starts the process.</summary>
    public KafkaProcess Start()
    {
        string heap = IsController ? "192m" : "384m";
        return KafkaProcess.Start(PidFile, LogFile,
        [
            "java", $"-Xms{heap}", $"-Xmx{heap}", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            $"-javaagent:{Installation.JolokiaAgent}=host=127.0.0.1,port={Ports.Jolokia},discoveryEnabled=false",
            $"-Dlog4j2.configurationFile={Installation.ServerLogging}", .. JvmArguments,
            "-cp", Installation.ClassPath(Release), "kafka.Kafka", PropertiesFile,
        ]);
    }
}
