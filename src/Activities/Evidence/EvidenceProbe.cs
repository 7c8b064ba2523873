namespace Orchestrator.Activities.Evidence;

/// <summary>Finds out whether evidence can be kept, before it has to be.</summary>
internal static class EvidenceProbe
{
    /// <summary>Why the folder cannot be written; null where it can. It is created if it is missing.</summary>
    public static string? Fault(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
