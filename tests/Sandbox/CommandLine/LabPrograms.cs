using System.Diagnostics;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.CommandLine;

/// <summary>Programs of the lab that tests run by themselves.</summary>
internal static class LabPrograms
{
    private static readonly Lazy<string> Folder = new(Unpack);

    /// <summary>Where a program of the lab lies, such as <c>temporal</c>, <c>kubectl</c> or <c>helm</c>.</summary>
    public static string Find(string name) => Path.Combine(Folder.Value, "bin", name);

    // Prints the folder; unpacks only the first time.
    private static string Unpack()
    {
        ProcessStartInfo start = new(Path.Combine(LabTools.Folder!, "unpack")) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string folder = process.StandardOutput.ReadToEnd().Trim().Split('\n')[^1];
        process.WaitForExit();
        return folder;
    }
}
