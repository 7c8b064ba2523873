using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>A replica of a partition on a broker.</summary>
internal sealed class Replica(int broker)
{
    public int Broker { get; } = broker;

    /// <summary>Whether it has all that its leader has, as it gets it.</summary>
    public bool IsCurrent { get; set; }

    /// <summary>Where its log ends, while it is not current.</summary>
    public double End { get; set; }

    /// <summary>How much it lacks of what the partition held from the start, as one that was just added.</summary>
    public double Missing { get; set; }

    /// <summary>Whether it has been behind for too long to be in the ISR.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether somebody keeps it from fetching.</summary>
    public bool IsHeld { get; set; }

    /// <summary>When it is late.</summary>
    public Alarm? Lag { get; set; }

    /// <summary>When it has caught up.</summary>
    public Alarm? CatchUp { get; set; }

    public DateTimeOffset CatchUpBegan { get; set; }
}
