using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>An exception that Temporal carries as a failure message from one process to another.</summary>
public class FailureException : TemporalException
{
    /// <summary>Initializes an instance that is made here.</summary>
    protected internal FailureException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Initializes an instance that was received.</summary>
    protected internal FailureException(Failure failure, Exception? inner)
        : base(failure.Message, inner) => Failure = failure;

    /// <summary>The failure as received; null for an exception that is made here.</summary>
    public Failure? Failure { get; protected init; }

    /// <summary>The stack trace of the process that failed, or of this one where none was received.</summary>
    public override string? StackTrace => Failure?.StackTrace is { Length: > 0 } remote ? remote : base.StackTrace;

    /// <summary>The failure that a subclass was made of.</summary>
    /// <exception cref="InvalidOperationException">The exception was made here.</exception>
    private protected Failure ReceivedFailure =>
        Failure ?? throw new InvalidOperationException($"This {GetType().Name} holds no received failure.");
}
