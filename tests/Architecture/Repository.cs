namespace Orchestrator.Architecture.Tests;

/// <summary>This checkout.</summary>
internal static class Repository
{
    /// <summary>The folders that hold projects.</summary>
    public static IReadOnlyList<string> CodeFolders { get; } = ["src", "tests", "bench"];

    /// <summary>The folder of <c>Orchestrator.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Orchestrator.sln.");
    }
}
