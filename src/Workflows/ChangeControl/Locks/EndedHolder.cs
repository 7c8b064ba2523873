namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A holder whose run has ended.</summary>
/// <param name="Holder">The run.</param>
/// <param name="Ended">How it ended.</param>
/// <param name="OpenEntries">What its journal had not put back; null where that could not be read.</param>
public sealed record EndedHolder(LockHolder Holder, string Ended, IReadOnlyList<string>? OpenEntries);
