using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>The timers of a run.</summary>
/// <param name="instance">The run.</param>
internal sealed class TimerCalls(WorkflowInstance instance)
{
    // A timer that only its cancellation ends has no command.
    private const uint NoCommand = 0;

    private readonly Dictionary<uint, TaskCompletionSource> _pending = [];
    private uint _last;

    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public Task DelayAsync(DelayOptions options)
    {
        CancellationToken token = options.CancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        TimeSpan delay = options.Delay == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : options.Delay;
        if (delay < TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Delay, "A delay is at least zero, or infinite.");
        }

        TaskCompletionSource source = new();
        uint sequence = delay == Timeout.InfiniteTimeSpan ? NoCommand : Start(delay, options.Summary, source);
        WaitTrace? trace = instance.BeginWait();
        return instance.RunAsync(() => WaitAsync(sequence, source, token, trace));
    }

    public void Fire(FireTimerJob job)
    {
        if (_pending.Remove(job.Sequence, out TaskCompletionSource? source))
        {
            source.TrySetResult();
        }
    }

    private uint Start(TimeSpan delay, string? summary, TaskCompletionSource source)
    {
        uint sequence = ++_last;
        _pending[sequence] = source;
        instance.AddCommand(new StartTimerCommand(sequence, new()
        {
            CommandType = CommandType.StartTimer,
            StartTimerCommandAttributes = new() { TimerId = sequence.ToString(), StartToFireTimeout = Duration.FromTimeSpan(delay) },
            UserMetadata = UserMetadata.Of(summary, details: null, instance.PayloadConverter),
        }));
        return sequence;
    }

    private async Task WaitAsync(uint sequence, TaskCompletionSource source, CancellationToken token, WaitTrace? trace)
    {
        try
        {
            using CancellationTokenRegistration registration = token.Register(() => Cancel(sequence, source, token));
            await source.Task;
        }
        finally
        {
            trace?.End();
        }
    }

    private void Cancel(uint sequence, TaskCompletionSource source, CancellationToken token)
    {
        if (source.TrySetCanceled(token) && _pending.Remove(sequence))
        {
            instance.AddCommand(new CancelTimerCommand(sequence));
        }
    }
}
