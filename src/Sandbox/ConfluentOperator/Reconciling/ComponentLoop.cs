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
    TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim _signal = new(1);

    /// <summary>Something of the component has changed.</summary>
    public void Wake() => _signal.Release();

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
            catch (KubernetesException e)
            {
                LogStepFailed(logger, kind.Kind, @namespace, name, e.Message);
                interval = options.ProgressInterval;
            }
        }
    }

    public void Dispose() => _signal.Dispose();

    private async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _signal.WaitAsync(either.Token);
            while (_signal.Wait(0, cancellationToken))
            {
                // One step answers to every change before it.
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look without a change.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Reconciling {Kind} {Namespace}/{Name} failed and is tried again: {Reason}")]
    private static partial void LogStepFailed(ILogger logger, string kind, string @namespace, string name, string reason);
}
