using System.CommandLine;

namespace Orchestrator.Starter.Commands;

/// <summary>The change that a command is about.</summary>
internal static class ChangeArgument
{
    public static Argument<string> Create() => Completions.OfChanges(
        new Argument<string>("id") { Description = "The change (CHG-..., or its beginning), or the id of its workflow" });
}
