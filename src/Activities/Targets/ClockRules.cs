using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>Whether the clocks of the worker and of a cluster agree. Pure.</summary>
internal static class ClockRules
{
    // A server tells whole seconds.
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(5);

    /// <summary>Why they do not; null where they do.</summary>
    /// <param name="whose">Whose clock is compared, such as <c>API server of cluster lab</c>.</param>
    /// <param name="asked">When the worker asked, by its own clock.</param>
    /// <param name="answered">When it had the answer.</param>
    /// <param name="server">What the server's clock said in between; null where it did not tell.</param>
    public static Refusal? Refuse(string whose, DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset? server)
    {
        if (server is not { } at)
        {
            return Refusal.Unknown(
                ReasonCodes.ClockSkew,
                $"The {whose} does not send the time of its clock.",
                whose,
                "Look for a proxy that removes the Date header.");
        }

        TimeSpan ahead = at - answered;
        TimeSpan behind = asked - (at + Resolution);
        TimeSpan apart = ahead > behind ? ahead : behind;
        return apart <= Allowed ? null : Refusal.Block(
            ReasonCodes.ClockSkew,
            $"The clock of the {whose} is {apart.TotalSeconds:0.#} s {(ahead > behind ? "ahead of" : "behind")} the worker's: "
            + $"{at:u} and {answered:u}.",
            whose,
            $"{apart.TotalSeconds:0.#} s",
            $"{Allowed.TotalSeconds:0} s",
            "Fix the time synchronisation of the one that is wrong.");
    }
}
