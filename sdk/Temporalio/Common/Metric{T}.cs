namespace Temporalio.Common;

/// <summary>A metric of user code with values of one type.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
public abstract class Metric<T> : Metric
    where T : struct
{
    private protected Metric(string name, string? unit, string? description)
        : base(name, unit, description)
    {
    }
}
