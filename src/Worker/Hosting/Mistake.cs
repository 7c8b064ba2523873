namespace Orchestrator.Worker.Hosting;

/// <summary>How a wrong value in the configuration is reported: the key, what is wrong, and how to set it.</summary>
internal static class Mistake
{
    public static string At(string section, string key, string what)
    {
        string path = $"{section}:{key}";
        return $"{path} {what}. Set it there or as the variable {path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}.";
    }
}
