using Orchestrator.Starter.Boxes;

namespace Orchestrator.Starter.Rehearsals;

/// <summary>How a rehearsal goes.</summary>
/// <param name="ScenarioName">The file that the cluster was made of; null: the default.</param>
/// <param name="ApproveAfter">How long each plan waits for its votes, and each question for an answer.</param>
/// <param name="Faults">What goes wrong once the first pod is restarted.</param>
internal sealed record RehearsalWishes(string? ScenarioName, TimeSpan ApproveAfter, IReadOnlyList<BoxFault> Faults);
