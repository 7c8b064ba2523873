namespace Orchestrator.Starter.Servers;

/// <summary>An activity that has not ended, as the server keeps it.</summary>
/// <param name="Activity">Its type.</param>
/// <param name="Step">What it was called for; null where that is not known.</param>
/// <param name="Since">When its newest try began, or when it was asked for.</param>
/// <param name="Attempt">Which try it is in, from 1.</param>
/// <param name="LastHeartbeat">When it was last heard of; null where it never was.</param>
/// <param name="Says">What it last said, in one sentence; null where it says nothing.</param>
/// <param name="LastFailure">Why the try before failed.</param>
internal sealed record PendingWork(
    string Activity, string? Step, DateTimeOffset? Since, int Attempt, DateTimeOffset? LastHeartbeat, string? Says, string? LastFailure);
