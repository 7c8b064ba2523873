using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Temporal.TypeScript;

/// <summary>A test on real servers that runs a program in Node; skipped by name where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Marks the test, and skips it where there is no lab or no Node.</summary>
    public NodeFactAttribute()
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = LabTools.Folder is null ? LabTools.MissingReason
            : Array.Exists(path, folder => File.Exists(Path.Combine(folder, "node"))) ? null
            : "needs Node 20 with npm: no 'node' on PATH";
    }
}
