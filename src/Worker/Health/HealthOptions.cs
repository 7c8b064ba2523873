namespace Orchestrator.Worker.Health;

/// <summary>Where the worker says how it is: section <c>Orchestrator:Health</c>.</summary>
internal sealed class HealthOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator:Health";

    /// <summary>Whether it says so at all. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The address that it listens on. Default: <c>127.0.0.1</c>; in a pod <c>0.0.0.0</c>.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port that it listens on; 0 takes any free one, and logs which. Default: 7070.</summary>
    public int Port { get; set; } = 7070;
}
