using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker;

/// <summary>How an attempt of an activity ended, as the server is told.</summary>
internal abstract record ActivityOutcome
{
    /// <summary>The activity returned.</summary>
    public sealed record Completed(Payload Result) : ActivityOutcome;

    /// <summary>The attempt failed; the server decides whether there is another.</summary>
    public sealed record Failed(Failure Failure) : ActivityOutcome;

    /// <summary>The workflow asked for a cancel, and the activity heeded it.</summary>
    public sealed record Canceled : ActivityOutcome;

    /// <summary>Nothing to tell: a client will complete the activity, or the server no longer waits for this attempt.</summary>
    public sealed record Untold : ActivityOutcome;
}
