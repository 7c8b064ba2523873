namespace Orchestrator.Architecture.Tests;

/// <summary>Which project may reference which. The procedures know no other project; everything points towards them.</summary>
internal static class ArrowRules
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["src/Workflows"] = [],
        ["src/Activities"] = ["src/Workflows", "src/Kubernetes", "src/Store"],
        ["src/Worker"] = ["src/Workflows", "src/Activities"],
        ["src/Starter"] = ["src/Workflows", "src/Worker", "src/Sandbox", "src/Store"],
        ["src/Sandbox"] = ["src/Kubernetes"],
        ["src/Kubernetes"] = [],
        ["src/Store"] = [],
    };

    /// <summary>The rules that a set of projects and arrows breaks, one sentence each, in order; empty where it breaks none.</summary>
    public static IReadOnlyList<string> Violations(IEnumerable<string> projects, IEnumerable<Arrow> arrows) =>
    [
        .. projects.Where(project => !IsTest(project) && !Allowed.ContainsKey(project))
            .Order(StringComparer.Ordinal)
            .Select(project => $"{project} has no rule: say in {nameof(ArrowRules)} what it may reference."),
        .. arrows.Where(arrow => !IsTest(arrow.From) && !Allowed.GetValueOrDefault(arrow.From, []).Contains(arrow.To))
            .OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)
            .Select(arrow => $"{arrow} is forbidden: {arrow.From} may reference {Names(arrow.From)}."),
    ];

    /// <summary>Tests and measurements may reference whatever they test.</summary>
    private static bool IsTest(string project) =>
        project.StartsWith("tests/", StringComparison.Ordinal) || project.StartsWith("bench/", StringComparison.Ordinal);

    private static string Names(string project) =>
        Allowed.GetValueOrDefault(project, []) is { Length: > 0 } names ? string.Join(", ", names) + " alone" : "nothing";
}
