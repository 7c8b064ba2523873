namespace Temporalio.Worker.Interceptors;

/// <summary>Stands between an activity and its worker. Override what should be intercepted; the rest goes to <see cref="Next"/>.</summary>
/// <param name="next">The next interceptor in the chain.</param>
public abstract class ActivityOutboundInterceptor(ActivityOutboundInterceptor next)
{
    /// <summary>The end of the chain has no next.</summary>
    private protected ActivityOutboundInterceptor()
        : this(null!)
    {
    }

    /// <summary>The next interceptor in the chain.</summary>
    protected internal ActivityOutboundInterceptor Next { get; } = next;

    /// <summary>Records a heartbeat.</summary>
    /// <param name="input">The details.</param>
    public virtual void Heartbeat(HeartbeatInput input) => Next.Heartbeat(input);
}
