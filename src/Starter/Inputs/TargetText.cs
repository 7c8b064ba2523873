using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>Targets as people write them: <c>context/namespace</c>, or just <c>context</c>.</summary>
internal static class TargetText
{
    /// <summary>Reads a target; null where the text is none. Whether it exists is for the inventory to say.</summary>
    public static ChangeTarget? Read(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } context] => new ChangeTarget(context),
        [{ Length: > 0 } context, { Length: > 0 } @namespace] => new ChangeTarget(context, @namespace),
        _ => null,
    };
}
