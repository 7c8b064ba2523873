using System.CommandLine;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Boxes;

/// <summary><c>sop sandbox</c>: scenarios taken from live clusters, and what goes wrong in a box that runs.</summary>
internal static class SandboxCommand
{
    public static Command Create(Terminal terminal) => new(
        "sandbox", "Take a scenario from a live cluster, or have things go wrong in a box that runs")
    {
        SnapshotCommand.Create(terminal),
        FaultCommand.Create(terminal),
    };
}
