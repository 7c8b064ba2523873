namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>A milestone of a roll, and how far it has come.</summary>
/// <param name="Milestone">What happened.</param>
/// <param name="Sentence">What happened, with names and numbers.</param>
/// <param name="Progress">How far it has come.</param>
public sealed record RollReport(RollMilestone Milestone, string Sentence, RollProgress Progress);
