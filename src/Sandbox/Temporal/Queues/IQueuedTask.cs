namespace Orchestrator.Sandbox.Temporal.Queues;

/// <summary>What waits in a task queue.</summary>
internal interface IQueuedTask
{
    /// <summary>Whether it still is to be worked on.</summary>
    bool IsValid { get; }

    /// <summary>Starts it: from here on it is the poller's.</summary>
    void TakenBy(Poller poller);
}

/// <summary>A poll that waits or is answered.</summary>
/// <param name="Identity">Of the worker.</param>
/// <param name="Connection">Id of the connection over which it came: with its end the worker is gone.</param>
internal sealed record Poller(string Identity, string Connection);
