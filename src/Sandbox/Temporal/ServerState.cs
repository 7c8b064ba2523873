using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Time;

namespace Orchestrator.Sandbox.Temporal;

/// <summary>
/// All state of the server, behind one lock: a call looks and changes under it, so that none sees another's half. A change is made of what
/// was checked before, and of what follows from it (<see cref="Defer"/>), which is done before the lock is given up.
/// </summary>
internal sealed class ServerState : IDisposable
{
    private readonly Queue<Action> _deferred = new();

    public ServerState(TimeProvider wall, bool skipsTime)
    {
        Time = new ServerTime(wall, skipsTime, () => Change(() => 0));
        Skipping = new TimeSkipping(this);
    }

    /// <summary>The one lock.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The clocks.</summary>
    public ServerTime Time { get; }

    /// <summary>When the virtual clock moves.</summary>
    public TimeSkipping Skipping { get; }

    /// <summary>The namespaces by name.</summary>
    public Dictionary<string, TemporalNamespace> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>How many requests are being answered, without those that wait.</summary>
    public int RequestsInFlight { get; set; }

    /// <summary>Rises with every change of a run.</summary>
    public long Version { get; set; }

    /// <summary>Changes something under the lock.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (Gate)
        {
            T result;
            try
            {
                result = change();
            }
            finally
            {
                DoDeferred();
            }

            Settle();
            return result;
        }
    }

    /// <summary>Has something done after the current change, and before anybody else sees it: what one run does to another.</summary>
    public void Defer(Action consequence) => _deferred.Enqueue(consequence);

    /// <summary>Does what follows from a change, until nothing does.</summary>
    public void DoDeferred()
    {
        while (_deferred.TryDequeue(out Action? consequence))
        {
            consequence();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Time.Dispose();

    private void Settle()
    {
        Time.RingDue();
        DoDeferred();
        Skipping.Settle();
    }
}
