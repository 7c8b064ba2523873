using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Activities.Kafka;

/// <summary>How patient the Kafka clients are: section <c>Orchestrator:Kafka</c>.</summary>
public sealed class KafkaClientOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator:Kafka";

    /// <summary>The longest that one call of the admin client may take. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a pod's Jolokia agent may take to answer. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan JolokiaTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
