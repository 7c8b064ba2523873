namespace Temporalio.Common;

/// <summary>A metric of user code.</summary>
public abstract class Metric
{
    private protected Metric(string name, string? unit, string? description) => (Name, Unit, Description) = (name, unit, description);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What its values are in, if that was told.</summary>
    public string? Unit { get; }

    /// <summary>What it tells, if that was told.</summary>
    public string? Description { get; }
}
