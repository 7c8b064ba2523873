using System.Text;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What a person reads of a guard in the Temporal UI.</summary>
internal static class GuardDetails
{
    public static string Markdown(GuardStatus status)
    {
        StringBuilder text = new();
        text.AppendLine($"### {status.Guard}: {status.Condition}, epoch {status.Epoch}");
        text.AppendLine();
        text.AppendLine($"In the inventory: {(status.KnownAs.Count == 0 ? "not asked for yet" : string.Join(", ", status.KnownAs))}");
        text.AppendLine();
        text.AppendLine(status.Sentence);
        text.AppendLine();
        foreach (LockWaiter waiter in status.Queue)
        {
            text.AppendLine($"- waits since {waiter.Since:u}: {waiter.Request.Holder}, {waiter.Request.Mode}");
        }

        if (status.PendingBreak is { } pending)
        {
            text.AppendLine($"- {pending.Asked.Actor} asks to break it, until {pending.Until:u}: {pending.Asked.Reason}");
        }

        if (status.LastBreak is { } last)
        {
            text.AppendLine($"- broken at {last.At:u} by {last.Asked.Actor} and {last.ConfirmedBy}: {last.Asked.Reason}");
            foreach (string left in last.Left)
            {
                text.AppendLine($"- to be put back by hand: {left}");
            }
        }

        return text.ToString();
    }
}
