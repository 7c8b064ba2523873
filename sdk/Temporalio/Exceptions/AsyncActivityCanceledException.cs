namespace Temporalio.Exceptions;

/// <summary>The heartbeat of an activity that is completed from outside learnt that the activity is to stop.</summary>
public class AsyncActivityCanceledException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public AsyncActivityCanceledException()
        : base("Activity cancelled")
    {
    }
}
