using System.CommandLine;
using System.Reflection;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop version</c>: the version, and the commit that it was built from where the build knew it.</summary>
internal static class VersionCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("version", "Show the version and the commit that it was built from");
        command.SetAction(parsed => terminal.Print(
            parsed.GetValue(GlobalOptions.Output),
            Read(),
            version => new Sheet().Line($"sop {version.Version}{(version.Commit is { } commit ? $" (commit {commit})" : "")}")));
        return command;
    }

    // The build writes "version+commit".
    private static BuildVersion Read() =>
        typeof(VersionCommand).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', 2) switch
        {
            [var version, var commit] => new(version, commit),
            [var version] => new(version, null),
            _ => new("unknown", null),
        };

    private sealed record BuildVersion(string Version, string? Commit);
}
