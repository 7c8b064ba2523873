namespace Orchestrator.Worker.Servers;

/// <summary>How the worker takes work: section <c>Orchestrator:Worker</c>.</summary>
internal sealed class WorkerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator:Worker";

    /// <summary>
    /// How long activities that run may go on when the worker is told to stop, before they are cancelled and left to another worker.
    /// Default: 5 s; at most 10 minutes.
    /// </summary>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many activities run at once. Default: 100.</summary>
    public int MaxConcurrentActivities { get; set; } = 100;

    /// <summary>
    /// How many watches run at once: one for each lock that is held, and one for each roll. They wait nearly all of their time.
    /// Default: 1000.
    /// </summary>
    public int MaxConcurrentWatches { get; set; } = 1000;

    /// <summary>How many workflow tasks run at once. Default: 100.</summary>
    public int MaxConcurrentWorkflowTasks { get; set; } = 100;
}
