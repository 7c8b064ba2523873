namespace Orchestrator.Kubernetes;

/// <summary>What an API server says about itself.</summary>
/// <param name="IsReady">Whether it is ready.</param>
/// <param name="Passed">Names of the checks that passed.</param>
/// <param name="Failed">Names of the checks that failed.</param>
public sealed record Readiness(bool IsReady, IReadOnlyList<string> Passed, IReadOnlyList<string> Failed)
{
    // "[+]ping ok", "[-]etcd failed: reason withheld"
    internal static Readiness Parse(bool isReady, string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Readiness(isReady, Names("[+]"), Names("[-]"));

        string[] Names(string mark) =>
            [.. lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..].Split(' ')[0])];
    }
}
