using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Rehearsals;

/// <summary>How a rehearsal went; what <c>--output json</c> prints of it.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Target">The cluster that was rehearsed on, as the procedure names it.</param>
/// <param name="Scenario">The file that the cluster was made of; null: the default.</param>
/// <param name="Begun">When it began, in its own time.</param>
/// <param name="Ended">When it had ended.</param>
/// <param name="ApproveAfter">How long a plan waited for each round of votes.</param>
/// <param name="Faults">What went wrong on purpose.</param>
/// <param name="Refused">What a run there would be refused or warned for, or be stopped by.</param>
/// <param name="Transcript">What happened, in order.</param>
/// <param name="LostRecords">How many acknowledged records were lost.</param>
/// <param name="View">How the change ended.</param>
internal sealed record Rehearsed(
    string Procedure,
    ChangeTarget Target,
    string? Scenario,
    DateTimeOffset Begun,
    DateTimeOffset Ended,
    string ApproveAfter,
    IReadOnlyList<string> Faults,
    IReadOnlyList<RehearsedRefusal> Refused,
    IReadOnlyList<TranscriptEntry> Transcript,
    long LostRecords,
    ChangeView View);

/// <summary>Something that stands in the way of a run.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="Effect">What it does to a run: <c>refuses</c>, <c>warns</c> or <c>stops</c>, which a person has to decide about.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="HowToResolve">What to do about it.</param>
internal sealed record RehearsedRefusal(string Code, string Effect, string Sentence, string? HowToResolve = null);
