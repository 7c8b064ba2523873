namespace Orchestrator.Starter.Rehearsals;

/// <summary>One thing that happened in a rehearsal.</summary>
/// <param name="At">When, in the time of the rehearsal.</param>
/// <param name="Kind">
/// What it is of: <c>state</c>, <c>vote</c>, <c>step</c>, <c>pod</c>, <c>cluster</c>, <c>fault</c>, or <c>rehearsal</c> itself.
/// </param>
/// <param name="Text">What happened.</param>
internal sealed record TranscriptEntry(DateTimeOffset At, string Kind, string Text);
