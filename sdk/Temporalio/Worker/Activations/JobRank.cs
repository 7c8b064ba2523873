namespace Temporalio.Worker.Activations;

/// <summary>The order of jobs within an activation.</summary>
internal enum JobRank
{
    /// <summary>The start of the run.</summary>
    Initialize,

    /// <summary>Patches that the history has.</summary>
    Patch,

    /// <summary>A new seed after a reset.</summary>
    RandomSeed,

    /// <summary>Signals and updates, in the order of their arrival.</summary>
    Message,

    /// <summary>Results of what the workflow waits for, and its cancellation.</summary>
    Resolution,

    /// <summary>Queries, which share an activation with nothing else.</summary>
    Query,
}
