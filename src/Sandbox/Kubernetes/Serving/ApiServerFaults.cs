namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>
/// What can go wrong between the API server in the box and its clients, the operator included. Controllers and nodes go on: they are in
/// the process. Safe for threads.
/// </summary>
public sealed class ApiServerFaults : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _open = new();
    private int _conflicts;
    private int _refusals;
    private bool _isCut;

    /// <summary>How many requests met one of these faults so far.</summary>
    public int Met { get; private set; }

    /// <summary>How many requests are still to be refused by a storm.</summary>
    public int Left
    {
        get
        {
            lock (_gate)
            {
                return _conflicts + _refusals;
            }
        }
    }

    /// <summary>Cuts the way to the server: open connections break, watches among them, and no request is answered.</summary>
    public void Cut()
    {
        CancellationTokenSource open;
        lock (_gate)
        {
            _isCut = true;
            open = _open;
            _open = new CancellationTokenSource();
        }

        open.Cancel();
        open.Dispose();
    }

    /// <summary>Lets the server be reached again.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }
    }

    /// <summary>Answers the next updates and patches with 409, as if another writer had been faster each time.</summary>
    /// <param name="requests">How many.</param>
    public void ConflictNext(int requests)
    {
        lock (_gate)
        {
            _conflicts = requests;
        }
    }

    /// <summary>Answers the next requests of any kind with 429, as a server does that has too much to do.</summary>
    /// <param name="requests">How many.</param>
    public void RefuseNext(int requests)
    {
        lock (_gate)
        {
            _refusals = requests;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();

    /// <summary>Whether a request is cut off; one that is not, is when the way is cut later.</summary>
    /// <param name="abort">Breaks its connection.</param>
    /// <param name="open">Ends the wait for that.</param>
    internal bool CutsOff(Action abort, out IDisposable? open)
    {
        lock (_gate)
        {
            Met += _isCut ? 1 : 0;
            open = _isCut ? null : _open.Token.Register(abort);
            return _isCut;
        }
    }

    /// <summary>Whether a write meets a conflict.</summary>
    internal bool TakesConflict() => Take(ref _conflicts);

    /// <summary>Whether a request is one too many.</summary>
    internal bool TakesRefusal() => Take(ref _refusals);

    private bool Take(ref int left)
    {
        lock (_gate)
        {
            if (left == 0)
            {
                return false;
            }

            left--;
            Met++;
            return true;
        }
    }
}
