namespace Temporalio.Exceptions;

/// <summary>Details of an exception that is made here and has not been sent.</summary>
/// <param name="Details">The details.</param>
public record OutboundFailureDetails(IReadOnlyCollection<object?> Details) : IFailureDetails
{
    /// <inheritdoc/>
    public int Count => Details.Count;

    /// <inheritdoc/>
    public T ElementAt<T>(int index) => (T)Details.ElementAt(index)!;
}
