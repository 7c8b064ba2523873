namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>
/// How long a container that ended waits before it starts again, as a kubelet does it: the first time not at all, then 10 s, doubled each
/// time up to 5 min; forgotten once a process ran for 10 min.
/// </summary>
internal sealed class CrashBackOff(TimeProvider timeProvider)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NotStartedAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private TimeSpan? _next;
    private DateTimeOffset _until;

    /// <summary>The wait that was last decided.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Whether the container must not start yet.</summary>
    public bool IsPending => timeProvider.GetUtcNow() < _until;

    /// <summary>Decides the wait after a process that ran this long has ended.</summary>
    public void ProcessEnded(TimeSpan ranFor)
    {
        if (ranFor >= ForgottenAfter)
        {
            _next = null;
        }

        Delay = _next ?? TimeSpan.Zero;
        _next = _next is null ? First : TimeSpan.FromTicks(Math.Min((_next.Value * 2).Ticks, Longest.Ticks));
        _until = timeProvider.GetUtcNow() + Delay;
    }

    /// <summary>Nothing was started, for want of something outside of the container: it is tried again after 2 s.</summary>
    public void NotStarted() => _until = timeProvider.GetUtcNow() + NotStartedAgainAfter;
}
