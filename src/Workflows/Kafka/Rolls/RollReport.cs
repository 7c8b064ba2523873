using Orchestrator.Workflows.ChangeControl.Alerts;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>A milestone of a roll, and how far it has come.</summary>
/// <param name="Milestone">What happened.</param>
/// <param name="Sentence">What happened, with names and numbers.</param>
/// <param name="Progress">How far it has come.</param>
public sealed record RollReport(RollMilestone Milestone, string Sentence, RollProgress Progress)
{
    /// <summary>Where an alert ended the watch: what is looked out for once a person has seen it; null otherwise.</summary>
    public AlertWatch? SeenAlerts { get; init; }
}
