using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Rendering;

/// <summary>A procedure, as <c>sop list</c> prints it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tier">Its tier, before anything raises it.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Keys">The keys that it takes.</param>
internal sealed record ProcedureRow(string Name, ChangeTier Tier, string Summary, IReadOnlyList<string> Keys);
