using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>How a whole cluster in the box begins.</summary>
public sealed class ClusterBoxOptions
{
    /// <summary>What it begins with. Default: three brokers and three controllers, without topics.</summary>
    public ClusterScenario Scenario { get; set; } = new();

    /// <summary>Where its files lie; it exists, and is left behind.</summary>
    public required string Folder { get; set; }

    /// <summary>Whether its time stands still until <see cref="ClusterBox.Time"/> is waited for. Default: false, the wall clock.</summary>
    public bool SkipsTime { get; set; }

    /// <summary>
    /// How long one wait for its time may take on the wall clock although time goes on. Default: 5 min, far more than a small cluster
    /// takes.
    /// </summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The search attributes that Temporal has from the start. Default: none.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; set; } =
        new Dictionary<string, IndexedValueType>(StringComparer.Ordinal);

    /// <summary>Is told of each part that is up, in a few words. Default: nobody.</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>Takes what the operator logs. Default: nobody.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;
}
