using Temporalio.Exceptions;

namespace Temporalio.Activities;

/// <summary>
/// Thrown by an activity that will be completed later by a client, through
/// <see cref="Client.ITemporalClient.GetAsyncActivityHandle(byte[])"/>. The worker reports nothing and frees the slot.
/// </summary>
public class CompleteAsyncException : TemporalException
{
    /// <summary>Makes the exception.</summary>
    public CompleteAsyncException()
        : base("The activity will be completed asynchronously")
    {
    }
}
