namespace Orchestrator.Lab.Servers;

/// <summary>Where the lab's programs are: the folder that holds the script <c>lab</c>.</summary>
public static class LabTools
{
    /// <summary>The reason that every test on real servers is skipped with where the programs are missing.</summary>
    public const string MissingReason =
        "needs the lab's real servers: no folder shared/tools beside the checkout, and ORCHESTRATOR_LAB_TOOLS names none";

    /// <summary>The folder of the script <c>lab</c>; null where this machine has none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The root of this checkout: the folder of <c>Orchestrator.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("ORCHESTRATOR_LAB_TOOLS");
        string folder = named ?? Path.Combine(FindRepositoryRoot(), "..", "shared", "tools");
        return File.Exists(Path.Combine(folder, "lab")) ? Path.GetFullPath(folder) : null;
    }

    private static string FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Orchestrator.sln.");
    }
}
