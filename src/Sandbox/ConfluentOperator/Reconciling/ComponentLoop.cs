using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>Reconciles one component whenever something of it has changed, and now and then without that.</summary>
internal sealed partial class ComponentLoop(
    Reconciler reconciler,
    ComponentKind kind,
    string @namespace,
    string name,
    CfkOperatorOptions options,
    Func<OperatorFaults> faults,
    ILogger logger,
    TimeProvider timeProvider)
{
    // Room for one: a step answers to every change before it.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something of the component has changed.</summary>
    public void Wake() => _changes.Writer.TryWrite(true);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan interval = options.ProgressInterval;
        while (true)
        {
            await WaitAsync(interval, cancellationToken);
            OperatorFaults current = faults();
            if (current.Idle)
            {
                continue;
            }

            try
            {
                bool settled = await reconciler.StepAsync(kind, @namespace, name, current, cancellationToken);
                interval = settled ? options.ResyncInterval : options.ProgressInterval;
            }
            catch (ApiException e)
            {
                LogStepFailed(logger, kind.Kind, @namespace, name, e.Message);
                interval = options.ProgressInterval;
            }
        }
    }

    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look without a change.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reconciling {Kind} {Namespace}/{Name} failed and is tried again: {Reason}")]
    private static partial void LogStepFailed(ILogger logger, string kind, string @namespace, string name, string reason);
}
