using System.Diagnostics;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>The lab's unpacked Kafka: jars by release, shared libraries, logging configurations.</summary>
internal sealed class KafkaInstallation
{
    // Confluent Platform carries Apache Kafka under numbers of its own.
    private static readonly Dictionary<string, string> KafkaOfPlatform = new() { ["8.1"] = "4.1.1", ["8.2"] = "4.2.0" };

    private readonly string _folder;

    private KafkaInstallation(string folder) => _folder = folder;

    /// <summary>The log4j2 configuration of a broker or controller.</summary>
    public string ServerLogging => Path.Combine(_folder, "log4j2.properties");

    /// <summary>The log4j2 configuration of a tool: warnings only.</summary>
    public string ToolLogging => Path.Combine(_folder, "log4j2-tools.properties");

    /// <summary>The Java agent that gives JMX values over HTTP.</summary>
    public string JolokiaAgent => Path.Combine(_folder, "common", "jolokia-agent-jvm-2.1.1-javaagent.jar");

    /// <summary>Finds the installation; the lab unpacks it first where nobody has yet.</summary>
    public static async Task<KafkaInstallation> FindAsync(CancellationToken cancellationToken)
    {
        string tools = LabTools.Folder ?? throw new InvalidOperationException(LabTools.MissingReason);
        ProcessStartInfo start = new(Path.Combine(tools, "unpack")) { RedirectStandardOutput = true };
        using Process unpack = Process.Start(start)!;
        string home = (await unpack.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await unpack.WaitForExitAsync(cancellationToken);
        return new(Path.Combine(home, "kafka"));
    }

    /// <summary>
    /// The release that an image stands for by its tag (<c>4.2.0</c>, or <c>8.2.x</c> of Confluent Platform); null where there is none.
    /// </summary>
    public string? ReleaseOf(string image)
    {
        string tag = image[(image.LastIndexOf(':') + 1)..];
        string release = KafkaOfPlatform.GetValueOrDefault(string.Join('.', tag.Split('.').Take(2)), tag);
        return release.Length > 0 && release.All(c => char.IsAsciiDigit(c) || c == '.') && Directory.Exists(
            Path.Combine(_folder, release)) ? release : null;
    }

    /// <summary>The class path of a release.</summary>
    public string ClassPath(string release) => $"{Path.Combine(_folder, "common")}/*:{Path.Combine(_folder, release)}/*";
}
