using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>
/// What a file of an evidence pack may be called: <c>status.json</c>, <c>before/cluster.json</c>. Names that some file system reads as
/// another place, as a device or as the same as a second one are none. Pure.
/// </summary>
public static partial class EvidencePath
{
    /// <summary>
    /// The folder's name has its own limit; with it a path stays below the 255 bytes that the shortest of file systems takes.
    /// </summary>
    private const int LongestPath = 120;

    /// <summary>What is wrong with the paths of a pack's documents, one sentence each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<EvidenceDocument?>? documents)
    {
        List<string> faults = [];
        HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> folders = new(StringComparer.OrdinalIgnoreCase);
        foreach (EvidenceDocument? document in documents ?? [])
        {
            if (document is not { Path: { } path } || (document.Text is null) == (document.Json is null))
            {
                faults.Add("A document has no path, or not one of text and JSON.");
            }
            else if (Fault(path) is { } fault)
            {
                faults.Add($"The path {Quoted(path)} of a document {fault}.");
            }
            else if (!files.Add(path))
            {
                faults.Add($"The path '{path}' is given twice.");
            }
            else if (path.LastIndexOf('/') is var slash and > 0)
            {
                folders.Add(path[..slash]);
            }
        }

        return [.. faults, .. files.Where(folders.Contains).Select(path => $"The path '{path}' is both a file and a folder.")];
    }

    private static string? Fault(string path) =>
        path.Length is 0 or > LongestPath ? $"has {path.Length} characters; it must have 1–{LongestPath}"
        : !Pattern().IsMatch(path)
            ? "is not a valid path in the pack: letters, digits, '.', '_' and '-', at most one folder, "
                + "and no name may begin or end with '.'"
        : path.Split('/').Any(part => DevicePattern().IsMatch(part)) ? "is the name of a device"
        : ReservedPattern().IsMatch(path) ? "is reserved for a file that the pack adds itself"
        : null;

    // What is quoted is shown to people: no control characters, and not all of a very long one.
    private static string Quoted(string path) => $"'{string.Concat(path.Take(LongestPath).Select(c => c is < ' ' or > '~' ? '?' : c))}'";

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9])?\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex DevicePattern();

    [GeneratedRegex(@"^(manifest\.json|audit\.jsonl|history(-[0-9]+)?\.json)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ReservedPattern();
}
