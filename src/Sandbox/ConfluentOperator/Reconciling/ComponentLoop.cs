using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>
/// Reconciles one component whenever something of it has changed, and without that only where the last step has said when to look again.
/// From a change until it is answered the clock of a box stands still.
/// </summary>
internal sealed partial class ComponentLoop(
    Reconciler reconciler,
    ComponentKind kind,
    string @namespace,
    string name,
    CfkOperatorOptions options,
    Func<OperatorFaults> faults,
    ILogger logger,
    BoxTime time)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1000);

    // Room for one: a step answers to every change before it. What is in it holds the clock.
    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(1);
    private readonly string _what = $"{kind.Kind} {@namespace}/{name} is reconciled";
    private IDisposable? _alarm;
    private int _failures;

    /// <summary>Something of the component has changed.</summary>
    public void Wake()
    {
        Change change = new(time, _what);
        if (!_changes.Writer.TryWrite(change))
        {
            change.Hold.Dispose();
        }
    }

    /// <summary>Runs until cancelled, once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Change? change = null;
        try
        {
            while (true)
            {
                change?.Hold.Dispose();
                change = null;
                change = await _changes.Reader.ReadAsync(cancellationToken);
                _alarm?.Dispose();
                TimeSpan? again = await StepAsync(cancellationToken);
                _alarm = again is { } wait ? time.After(wait, $"{_what} again", Wake) : null;
            }
        }
        finally
        {
            _alarm?.Dispose();
            change?.Hold.Dispose();
            _changes.Writer.Complete();
            while (_changes.Reader.TryRead(out Change? left))
            {
                left.Hold.Dispose();
            }
        }
    }

    // After which time to look again without a change; null: not at all.
    private async Task<TimeSpan?> StepAsync(CancellationToken cancellationToken)
    {
        OperatorFaults current = faults();
        if (current.Idle)
        {
            return null;
        }

        try
        {
            NextStep next = await reconciler.StepAsync(kind, @namespace, name, current, cancellationToken);
            _failures = next == NextStep.AfterFailure ? _failures + 1 : 0;
            return next == NextStep.AfterChange ? null : Interval;
        }
        catch (ApiException e)
        {
            _failures++;
            LogStepFailed(logger, kind.Kind, @namespace, name, e.Message);
            return Interval;
        }
    }

    // As the work queue of a real operator: twice as long each time.
    private TimeSpan Interval => TimeSpan.FromSeconds(Math.Min(
        options.ProgressInterval.TotalSeconds * Math.Pow(2, Math.Max(0, _failures - 1)), LongestRetry.TotalSeconds));

    [LoggerMessage(LogLevel.Warning, "Reconciling {Kind} {Namespace}/{Name} failed and is tried again: {Reason}")]
    private static partial void LogStepFailed(ILogger logger, string kind, string @namespace, string name, string reason);

    private sealed class Change(BoxTime time, string what)
    {
        public IDisposable Hold { get; } = time.Hold(what);
    }
}
