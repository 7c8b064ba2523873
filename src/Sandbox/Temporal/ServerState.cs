using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Temporal;

/// <summary>
/// All state of the server, behind the one lock of its box: a call looks and changes under it, so that none sees another's half. A change
/// is made of what was checked before, and of what follows from it (<see cref="Defer"/>), which is done before the lock is given up.
/// </summary>
internal sealed class ServerState : IClockHolder
{
    private readonly Timekeeper _keeper;
    private long _changes;

    public ServerState(Timekeeper keeper)
    {
        _keeper = keeper;
        keeper.Add(this);
    }

    /// <summary>The one lock.</summary>
    public Lock Gate => _keeper.Gate;

    /// <summary>The clocks.</summary>
    public Clocks Time => _keeper.Clocks;

    /// <summary>When the virtual clock moves.</summary>
    public TimeSkipping Skipping => _keeper.Skipping;

    /// <summary>The namespaces by name.</summary>
    public Dictionary<string, TemporalNamespace> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The connections whose process counts as ended, with what they wait for: nothing of theirs is answered before it completes.
    /// </summary>
    public Dictionary<string, TaskCompletionSource> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>The connection that comes over each wire that is open, by the wire's id: itself, or the name that it gives.</summary>
    public Dictionary<string, string> Wires { get; } = new(StringComparer.Ordinal);

    /// <summary>What it says its cluster is.</summary>
    public string ClusterId { get; } = Guid.NewGuid().ToString();

    /// <summary>What a run may grow to.</summary>
    public TemporalLimits Limits { get; init; } = new();

    /// <summary>How many requests are being answered, without those that wait.</summary>
    public int RequestsInFlight { get; set; }

    /// <summary>The run that the current change names; null where it names none.</summary>
    public WorkflowRun? Asked { get; set; }

    /// <summary>Rises with every change of a run.</summary>
    public long Version
    {
        get => _keeper.Version;
        set => _keeper.Version = value;
    }

    /// <summary>Rises with every change, all that follows from one, and every alarm: each writes what happened to a run at once.</summary>
    public long ChangeNumber => _changes + Time.AlarmsRung;

    /// <inheritdoc/>
    public bool IsBusy => RequestsInFlight > 0 || Namespaces.Values.Any(space => space.OpenRuns.Any(run => run.IsBusy));

    /// <summary>Changes something under the lock.</summary>
    public T Change<T>(Func<T> change) => _keeper.Change(() =>
    {
        _changes++;
        Asked = null;
        try
        {
            return change();
        }
        catch (RpcException)
        {
            Asked?.Tasks.Forget();
            throw;
        }
    });

    /// <summary>Has something done after the current change, and before anybody else sees it: what one run does to another.</summary>
    public void Defer(Action consequence) => _keeper.Defer(() =>
    {
        _changes++;
        consequence();
    });

    /// <summary>Does what follows from a change, until nothing does.</summary>
    public void DoDeferred() => _keeper.DoDeferred();

    /// <summary>The run with an id, of whichever namespace; null where there is none.</summary>
    public WorkflowRun? Find(string runId) =>
        Namespaces.Values.Select(space => space.Find("", runId)).FirstOrDefault(run => run is not null);

    /// <inheritdoc/>
    public IEnumerable<string> Holders()
    {
        IEnumerable<string> runs = Namespaces.Values.SelectMany(space => space.OpenRuns).SelectMany(run => run.Holders());
        return RequestsInFlight > 0 ? runs.Append($"{RequestsInFlight} requests are being answered") : runs;
    }
}
