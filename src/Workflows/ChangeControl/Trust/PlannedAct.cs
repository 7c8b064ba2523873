using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>What an activity is about to do, in the words of a plan.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Object">The object it does that to.</param>
/// <param name="Changes">The fields it writes; empty where it writes none.</param>
public sealed record PlannedAct(PlanAction Action, PlanObject Object, IReadOnlyList<FieldValue> Changes);
