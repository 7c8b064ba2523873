using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>How single values are written for people.</summary>
internal static class Words
{
    private const int ShortHashLength = 12;

    /// <summary>As many characters of a hash as a command needs to name it.</summary>
    public static string ShortHash(string hash) => hash.Length > ShortHashLength ? hash[..ShortHashLength] : hash;

    /// <summary>A moment, in UTC.</summary>
    public static string At(DateTimeOffset moment) => $"{moment:u}";

    /// <summary>A moment's time of day, in UTC; a dash where it has not come.</summary>
    public static string TimeOfDay(DateTimeOffset? moment) => moment is { } at ? $"{at.UtcDateTime:HH:mm:ss}Z" : "-";

    /// <summary>The name of a procedure on the command line.</summary>
    public static string Procedure(string workflowType) =>
        ProcedureCatalogue.All.FirstOrDefault(procedure => procedure.WorkflowType == workflowType)?.Name ?? workflowType;

    /// <summary>Places to be filled: <c>1 × peer, 2 × cab</c>.</summary>
    public static string Places(IEnumerable<ApprovalRequirement> places) =>
        string.Join(", ", places.Select(place => $"{place.Count} × {place.Role}"));

    /// <summary>The numbers of a roll: <c>9 partitions: 3 under-replicated, 0 under min ISR, 0 without a leader …</c>.</summary>
    public static string Facts(RollFacts facts)
    {
        string quorum = facts switch
        {
            { Voters: 0 } => "quorum not read",
            { QuorumLeader: { } leader } => $"quorum led by {leader}, {facts.VotersCaughtUp} of {facts.Voters} voters caught up",
            _ => $"quorum without a leader, {facts.Voters} voters",
        };
        string unread = facts.Unread switch { 0 => "", 1 => "; 1 source not read", var count => $"; {count} sources not read" };
        return $"{facts.Partitions} partitions: {facts.UnderReplicated} under-replicated, {facts.UnderMinIsr} under min ISR, "
            + $"{facts.Offline} without a leader; {quorum}{unread} (at {TimeOfDay(facts.At)}).";
    }

    /// <summary>A state, with the colour that says at once how it goes.</summary>
    public static Cell State(ChangeState state) => new(state.ToString(), state switch
    {
        ChangeState.Succeeded or ChangeState.Planned => Color.Green,
        ChangeState.Refused or ChangeState.Rejected or ChangeState.Expired or ChangeState.Withdrawn => Color.Yellow,
        ChangeState.Undone or ChangeState.UndoIncomplete or ChangeState.LeftAsIs or ChangeState.Undoing or ChangeState.Blocked => Color.Red,
        _ => Color.Blue,
    });

    /// <summary>A step's state, with its colour.</summary>
    public static Cell State(StepState state) => new(state.ToString(), state switch
    {
        StepState.Done => Color.Green,
        StepState.Failed => Color.Red,
        StepState.Running => Color.Blue,
        _ => Color.Grey,
    });
}
