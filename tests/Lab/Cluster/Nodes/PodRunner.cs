using System.Text.Json.Nodes;
using System.Threading.Channels;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster.Processes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>
/// Runs the pods of one name, one after the other, as one Kafka process at a time. Each step looks at the pod as it is now and at the
/// process as it is now, so it does not matter what happened between two steps.
/// </summary>
internal sealed class PodRunner(ContainerRuntime runtime, string @namespace, string name, Func<string, bool> isCutOff) : IDisposable
{
    private static readonly TimeSpan StepEvery = TimeSpan.FromMilliseconds(500);

    // A process that another agent started is not our child: nobody can tell how it ended.
    private const int UnknownExitCode = 255;

    // Room for one: a step looks at everything.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private CrashBackOff _backOff = new(runtime.TimeProvider);
    private JsonObject? _pod;
    private volatile PodProcess? _process;
    private ContainerState _state = new();
    private string? _podUid;
    private string? _written;
    private volatile bool _heldDown;

    /// <summary>Whether a process runs.</summary>
    public bool HasProcess => _process is { HasExited: false };

    /// <summary>The node that the pod is bound to; null where there is no pod.</summary>
    public string? Node => Volatile.Read(ref _pod) is { } pod ? new PodSpec(pod).NodeName : null;

    /// <summary>Says how the pod is now; null: there is none.</summary>
    public void Update(JsonObject? pod)
    {
        Volatile.Write(ref _pod, pod);
        _changes.Writer.TryWrite(true);
    }

    /// <summary>Sends a signal to the pod's process.</summary>
    /// <exception cref="InvalidOperationException">No process runs.</exception>
    public void Send(int signal) =>
        (_process ?? throw new InvalidOperationException($"Pod {@namespace}/{name} runs no process.")).Send(signal);

    /// <summary>Whether a process that ended stays down.</summary>
    public void HoldDown(bool hold)
    {
        _heldDown = hold;
        _changes.Writer.TryWrite(true);
    }

    /// <summary>Lets the process start if it is held down, and go on if it is frozen.</summary>
    public void Release()
    {
        _process?.Send(Signal.Continue);
        HoldDown(false);
    }

    /// <summary>Runs until cancelled; processes go on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await StepAsync(Volatile.Read(ref _pod), cancellationToken);
            }
            catch (ApiException e)
            {
                // The next step reads everything again.
                runtime.Log($"Pod {@namespace}/{name}: {e.Message}");
            }

            await WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process?.Dispose();

    private async Task StepAsync(JsonObject? pod, CancellationToken cancellationToken)
    {
        PodSpec? spec = pod is null ? null : new(pod);
        if (spec is not null && isCutOff(spec.NodeName))
        {
            // Its node hears nothing and says nothing.
            return;
        }

        if (spec?.Uid != _podUid && !TakeOver(spec))
        {
            return;
        }

        if (spec is null)
        {
            return;
        }

        if (spec.IsTerminating)
        {
            await TerminateAsync(spec, cancellationToken);
            return;
        }

        await SuperviseAsync(spec, cancellationToken);
        await WriteStatusAsync(spec, cancellationToken);
    }

    // True once no process of another pod of this name is left.
    private bool TakeOver(PodSpec? spec)
    {
        if (_process is null && spec is not null)
        {
            _process = runtime.Adopt(spec);
        }

        bool isOwn = spec is not null && _podUid is null && runtime.StartedFor(spec) == spec.Uid;
        if (_process is not null && !isOwn)
        {
            // Its pod was removed without the process being asked.
            if (!_process.HasExited)
            {
                _process.Send(Signal.Kill);
                return false;
            }

            Forget();
        }

        DateTimeOffset now = runtime.TimeProvider.GetUtcNow();
        _podUid = spec?.Uid;
        _backOff = new(runtime.TimeProvider);
        _state = new()
        {
            RestartCount = spec?.RestartCount ?? 0,
            IsStarted = isOwn,
            LastTermination = isOwn && _process is null ? new(UnknownExitCode, now, now) : null,
        };
        return true;
    }

    private async Task SuperviseAsync(PodSpec spec, CancellationToken cancellationToken)
    {
        if (!spec.IsKafka)
        {
            _state = new() { RunningSince = _state.RunningSince ?? runtime.TimeProvider.GetUtcNow(), IsStarted = true, IsReady = true };
            return;
        }

        if (_process is { HasExited: true })
        {
            RecordExit(_process);
        }

        if (_process is null)
        {
            if (!_heldDown && !_backOff.IsPending)
            {
                await StartAsync(spec, cancellationToken);
            }

            return;
        }

        if (spec.Liveness is { } probe
            && (_process.IsTerminating || (_state.IsStarted && !await IsAliveAsync(_process, probe, cancellationToken))))
        {
            _process.Terminate(probe.GracePeriod);
        }

        bool serves = await runtime.Probe.IsServingAsync(_process.Ports, spec.IsController, cancellationToken);
        _state = _state with
        {
            RunningSince = _process.StartedAt, IsStarted = _state.IsStarted || serves, IsReady = _process.Readiness(serves),
        };
    }

    private async Task<bool> IsAliveAsync(PodProcess process, LivenessProbe probe, CancellationToken cancellationToken)
    {
        if (!process.IsLivenessDue(probe)
            || process.Liveness(probe, await runtime.Probe.IsAliveAsync(process.Ports, probe.Path, probe.Timeout, cancellationToken)))
        {
            return true;
        }

        runtime.Log($"Pod {@namespace}/{name}: process {process.Id} failed its liveness probe");
        return false;
    }

    private async Task StartAsync(PodSpec spec, CancellationToken cancellationToken)
    {
        StartOutcome outcome = await runtime.StartAsync(spec, cancellationToken);
        if (outcome.Process is { } process)
        {
            runtime.Log($"Pod {@namespace}/{name}: started process {process.Id}");
            _process = process;
            int restarts = _state.LastTermination is null ? _state.RestartCount : _state.RestartCount + 1;
            _state = _state with { RunningSince = process.StartedAt, IsStarted = false, IsReady = false, RestartCount = restarts };
        }
        else
        {
            _backOff.NotStarted();
            _state = _state with { RunningSince = null, WaitingReason = outcome.Reason!, WaitingMessage = outcome.Message };
        }
    }

    private void RecordExit(PodProcess process)
    {
        DateTimeOffset now = runtime.TimeProvider.GetUtcNow();
        int exitCode = process.ExitCode ?? UnknownExitCode;
        runtime.Log($"Pod {@namespace}/{name}: process {process.Id} ended with {exitCode}");
        _backOff.ProcessEnded(now - process.StartedAt);
        _state = _state with
        {
            RunningSince = null,
            IsStarted = false,
            IsReady = false,
            WaitingReason = "CrashLoopBackOff",
            WaitingMessage = $"back-off {_backOff.Delay.TotalSeconds} s restarting failed container of pod {name}",
            LastTermination = new(exitCode, process.StartedAt, now),
        };
        Forget();
    }

    private async Task TerminateAsync(PodSpec spec, CancellationToken cancellationToken)
    {
        if (_process is { HasExited: false } process)
        {
            process.Terminate(spec.GracePeriod);
            _state = _state with { IsReady = false };
            await WriteStatusAsync(spec, cancellationToken);
            return;
        }

        Forget();
        await runtime.Kubernetes.DeleteAsync(
            ResourceType.Pods, @namespace, name, new() { Uid = spec.Uid, GracePeriodSeconds = 0 }, cancellationToken);
    }

    private async Task WriteStatusAsync(PodSpec spec, CancellationToken cancellationToken)
    {
        JsonObject status = runtime.RenderStatus(spec, _state);
        string text = $"{spec.Uid} {status.ToJsonString()}";
        if (text == _written)
        {
            return;
        }

        // The version keeps conditions that others wrote meanwhile.
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = (string)spec.Pod["metadata"]!["resourceVersion"]! },
            ["status"] = status,
        };
        try
        {
            await runtime.Kubernetes.MergePatchAsync(ResourceType.Pods, @namespace, name, patch, "status", cancellationToken);
            _written = text;
        }
        catch (ApiException e) when (e.IsConflict)
        {
            // Somebody wrote meanwhile: the next step starts from that.
        }
    }

    private void Forget()
    {
        _process?.Forget();
        _process?.Dispose();
        _process = null;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StepEvery);
        try
        {
            await _changes.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time for the next step.
        }
    }
}
