namespace Temporalio.Workflows;

/// <summary>What a worker does when a workflow ends while a signal or update handler still runs.</summary>
public enum HandlerUnfinishedPolicy
{
    /// <summary>Log a warning and abandon the handler.</summary>
    WarnAndAbandon = 0,

    /// <summary>Abandon the handler.</summary>
    Abandon = 1,
}
