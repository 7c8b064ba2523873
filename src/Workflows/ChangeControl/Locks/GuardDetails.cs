using System.Text;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What a person reads of a guard in the Temporal UI.</summary>
internal static class GuardDetails
{
    public static string Markdown(GuardStatus status)
    {
        StringBuilder text = new();
        text.AppendLine($"### {status.Guard}: {status.Condition}, epoch {status.Epoch}");
        text.AppendLine();
        text.AppendLine($"In the inventory: {(status.KnownAs.Count == 0 ? "not looked up yet" : string.Join(", ", status.KnownAs))}");
        text.AppendLine();
        text.AppendLine(PlainText.Markdown(status.Sentence));
        text.AppendLine();
        foreach (LockWaiter waiter in status.Queue)
        {
            text.AppendLine($"- waits since {waiter.Since:u}: {PlainText.Markdown($"{waiter.Request.Holder}")}, {waiter.Request.Mode}");
        }

        if (status.PendingBreak is { } pending)
        {
            text.AppendLine($"- {PlainText.Markdown(pending.Asked.Actor)} asks to break it; to be confirmed "
                + $"by {pending.Until:u}: {PlainText.Markdown(pending.Asked.Reason)}");
        }

        if (status.LastBreak is { } last)
        {
            text.AppendLine($"- broken at {last.At:u} by {PlainText.Markdown(last.Asked.Actor)} "
                + $"and {PlainText.Markdown(last.ConfirmedBy)}: {PlainText.Markdown(last.Asked.Reason)}");
            foreach (string left in last.Left)
            {
                text.AppendLine($"- to be put back by hand: {PlainText.Markdown(left)}");
            }
        }

        return text.ToString();
    }
}
