namespace Temporalio.Exceptions;

/// <summary>The base of everything that this SDK throws.</summary>
public abstract class TemporalException : Exception
{
    /// <summary>Initializes an instance without a message.</summary>
    protected internal TemporalException()
    {
    }

    /// <summary>Initializes an instance with a message.</summary>
    protected internal TemporalException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an instance with a message and its cause.</summary>
    protected internal TemporalException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>
    /// Whether the exception means "cancelled" to Temporal: an <see cref="OperationCanceledException"/>, a
    /// <see cref="CanceledFailureException"/>, or an activity, child workflow or Nexus failure that was caused by one.
    /// </summary>
    public static bool IsCanceledException(Exception e) =>
        e is OperationCanceledException or CanceledFailureException ||
        (e is ActivityFailureException or ChildWorkflowFailureException or NexusOperationFailureException &&
            e.InnerException is CanceledFailureException);
}
