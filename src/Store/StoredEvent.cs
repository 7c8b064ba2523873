namespace Orchestrator.Store;

/// <summary>One event of a chain, as it is kept.</summary>
/// <param name="Seq">Its place in the chain, from 0 without gaps.</param>
/// <param name="Hash">Its hash, which the next event links to: 64 characters of lower-case hex.</param>
/// <param name="At">When it happened, in ISO 8601.</param>
/// <param name="Type">What happened, such as <c>step.done</c>.</param>
/// <param name="Body">All of it, as JSON; kept byte by byte.</param>
public sealed record StoredEvent(int Seq, string Hash, string At, string Type, string Body);

/// <summary>A chain of events: that of one run of a change, or of a worker.</summary>
/// <param name="ChainId">The change.</param>
/// <param name="RunId">The run.</param>
public sealed record ChainKey(string ChainId, string RunId);

/// <summary>An evidence pack that is kept.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="RunId">The run.</param>
/// <param name="PackHash">The hash of its manifest, as lower-case hex.</param>
public sealed record StoredPack(string ChangeId, string RunId, string PackHash);
