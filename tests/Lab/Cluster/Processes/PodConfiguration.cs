using System.Text.RegularExpressions;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>
/// Makes one pod's properties from those that all pods of its component share, as the operator's init container does: node id, rack,
/// directories; and, since pods have no network of their own here, each DNS name and port of a pod becomes the loopback address.
/// </summary>
internal static partial class PodConfiguration
{
    /// <summary>The lines of a pod's <c>server.properties</c>. The last of several lines for one key counts, as Java reads them.</summary>
    public static IReadOnlyList<string> Render(
        string sharedProperties, int nodeId, string? rack, int port, string logFolder, Func<string, string, string> addressOf)
    {
        List<string> lines = [];
        foreach (string line in sharedProperties.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("listeners=", StringComparison.Ordinal) && !line.StartsWith("log.dirs=", StringComparison.Ordinal))
            {
                lines.Add(PodAddress().Replace(line, match => addressOf(match.Groups["namespace"].Value, match.Groups["pod"].Value)));
            }
        }

        bool isController = lines.Contains("process.roles=controller");
        string listener = $"{(isController ? "CONTROLLER" : "INTERNAL")}://127.0.0.1:{port}";
        lines.AddRange([$"node.id={nodeId}", $"listeners={listener}", $"log.dirs={logFolder}"]);
        if (!isController)
        {
            lines.Add($"advertised.listeners={listener}");
            if (rack is not null)
            {
                lines.Add($"broker.rack={rack}");
            }
        }

        return lines;
    }

    [GeneratedRegex(@"(?<pod>[a-z0-9-]+)\.[a-z0-9-]+\.(?<namespace>[a-z0-9-]+)\.svc\.[a-z0-9.-]+:[0-9]+")]
    private static partial Regex PodAddress();
}
