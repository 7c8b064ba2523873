namespace Temporalio.Exceptions;

/// <summary>The details of a failure, either received (encoded) or about to be sent (objects).</summary>
public interface IFailureDetails
{
    /// <summary>How many details there are.</summary>
    int Count { get; }

    /// <summary>The detail at the index, converted to the type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many details.</exception>
    T ElementAt<T>(int index);
}
