namespace Orchestrator.Lab.Cluster;

/// <summary>How a lab cluster is made.</summary>
public sealed record LabClusterOptions
{
    /// <summary>Number of nodes that run pods, over three zones in turn. Default: 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Number of brokers, at most 10. Default: 3.</summary>
    public int Brokers { get; init; } = 3;

    /// <summary>Number of controllers, at most 10. Default: 3.</summary>
    public int Controllers { get; init; } = 3;

    /// <summary>Tag of the components' images: <c>4.2.0</c> or <c>4.1.1</c>. Default: 4.2.0.</summary>
    public string Version { get; init; } = "4.2.0";

    /// <summary>Whether Temporal is started too. Default: true.</summary>
    public bool WithTemporal { get; init; } = true;

    /// <summary>
    /// Whether all of Confluent's definitions are applied, where they are at hand, and not only the two in use. Default: false.
    /// </summary>
    public bool AllDefinitions { get; init; }

    /// <summary>The first of its 60 ports. Default: null, free ones from 22000 on.</summary>
    public int? Port { get; init; }

    /// <summary>The folder of its state, new or empty, which is removed at the end. Default: null, one among the temporary files.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How long everything may take until it runs. Default: 3 min.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Gets a line for each thing that is up. Default: null, nobody.</summary>
    public Action<string>? Progress { get; init; }
}
