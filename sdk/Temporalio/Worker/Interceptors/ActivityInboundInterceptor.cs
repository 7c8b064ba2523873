namespace Temporalio.Worker.Interceptors;

/// <summary>Stands between the worker and its activities. Override what should be intercepted; the rest goes to <see cref="Next"/>.</summary>
/// <param name="next">The next interceptor in the chain.</param>
public abstract class ActivityInboundInterceptor(ActivityInboundInterceptor next)
{
    /// <summary>The end of the chain has no next.</summary>
    private protected ActivityInboundInterceptor()
        : this(null!)
    {
    }

    /// <summary>The next interceptor in the chain.</summary>
    protected internal ActivityInboundInterceptor Next { get; } = next;

    /// <summary>Called before each attempt; the place to put an outbound interceptor around the given one.</summary>
    /// <param name="outbound">What the activity's own calls go through.</param>
    public virtual void Init(ActivityOutboundInterceptor outbound) => Next.Init(outbound);

    /// <summary>Runs one attempt.</summary>
    /// <param name="input">The activity, its arguments and the headers of the call.</param>
    /// <returns>The result; null if the activity has none.</returns>
    public virtual Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => Next.ExecuteActivityAsync(input);
}
