namespace Temporalio.Worker.Machines;

/// <summary>Ways of the engine that a history depends on. Their numbers are those of the official SDKs' core.</summary>
internal enum SdkFlag
{
    /// <summary>Ids and types of activities and children must be those of the history.</summary>
    IdAndTypeDeterminismChecks = 1,

    /// <summary>A patch sets the search attribute that lists the run's patches.</summary>
    UpsertSearchAttributeOnPatch = 2,

    /// <summary>All commands of a task are sent, and the one that ends the run last.</summary>
    MoveTerminalCommands = 3,
}
