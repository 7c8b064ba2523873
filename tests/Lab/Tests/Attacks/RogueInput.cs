using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>The input of a rogue workflow: it reads as that of the roll.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Change">Who asks.</param>
/// <param name="Calls">What it calls, one after the other.</param>
public sealed record RogueInput(ChangeTarget Target, ChangeRequest Change, IReadOnlyList<RogueCall> Calls);
