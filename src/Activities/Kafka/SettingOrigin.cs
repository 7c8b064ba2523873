namespace Orchestrator.Activities.Kafka;

/// <summary>Where a setting was set.</summary>
public enum SettingOrigin
{
    /// <summary>Nowhere: it is the release's default.</summary>
    Default,

    /// <summary>In the broker's file: a restart changes it.</summary>
    Static,

    /// <summary>For this broker, while it runs.</summary>
    DynamicBroker,

    /// <summary>For all brokers, while they run.</summary>
    DynamicCluster,

    /// <summary>For this topic.</summary>
    Topic,

    /// <summary>Elsewhere: for a group, a client's metrics, or loggers.</summary>
    Other,
}
