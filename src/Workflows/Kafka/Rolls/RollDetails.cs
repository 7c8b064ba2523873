using System.Text;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What a person reads of a roll in the Temporal UI.</summary>
internal static class RollDetails
{
    public static string Markdown(RollStatus status)
    {
        StringBuilder text = new();
        text.AppendLine($"### {status.Resource}{(status.Blocked ? ": stalled" : "")}");
        text.AppendLine();
        text.AppendLine(PlainText.Markdown(status.Sentence));
        text.AppendLine();
        text.AppendLine("| pod | restarted | Ready | in sync |");
        text.AppendLine("|---|---|---|---|");
        foreach (PodRoll pod in status.Pods)
        {
            text.AppendLine($"| {pod.Name} | {pod.ReplacedAt:u} | {pod.ReadyAt:u} | {pod.InSyncAt:u} |");
        }

        if (status.Through + status.Waiting > 0)
        {
            text.AppendLine();
            text.AppendLine($"{status.Through} pods are done before these, {status.Waiting} follow.");
        }

        return text.ToString();
    }
}
