namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>
/// How long a kubelet waits before it tries again: 10 s, doubled each time up to 5 min; forgotten once what was tried has held for 10 min.
/// </summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private TimeSpan? _last;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        TimeSpan next = _last is { } last ? TimeSpan.FromTicks(Math.Min((last * 2).Ticks, Longest.Ticks)) : First;
        _last = next;
        return next;
    }

    /// <summary>What was tried has held for a time.</summary>
    public void Held(TimeSpan time) => _last = time >= ForgottenAfter ? null : _last;

    /// <summary>As a kubelet prints a wait: <c>10s</c>, <c>2m40s</c>, <c>5m0s</c>.</summary>
    public static string Text(TimeSpan wait) =>
        wait < TimeSpan.FromMinutes(1) ? $"{wait.Seconds}s" : $"{(int)wait.TotalMinutes}m{wait.Seconds}s";
}
