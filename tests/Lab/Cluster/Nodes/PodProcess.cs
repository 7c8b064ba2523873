using Orchestrator.Lab.Cluster.Processes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>The process of one pod, with what the node remembers of it while it runs.</summary>
internal sealed class PodProcess(KafkaProcess process, PodPorts ports, DateTimeOffset startedAt, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Probes that must fail in a row before a ready container is not ready any more.</summary>
    private const int FailureThreshold = 3;

    private int _failures = FailureThreshold;
    private int _livenessFailures;
    private DateTimeOffset? _livenessAskedAt;
    private DateTimeOffset? _terminatingSince;

    public int Id => process.Id;

    public PodPorts Ports => ports;

    public DateTimeOffset StartedAt => startedAt;

    public bool HasExited => process.HasExited;

    public int? ExitCode => process.ExitCode;

    public void Send(int signal) => process.Send(signal);

    /// <summary>Takes in the result of a probe and says whether the container is ready.</summary>
    public bool Readiness(bool serves)
    {
        _failures = serves ? 0 : _failures + 1;
        return _failures < FailureThreshold;
    }

    /// <summary>Whether it is time to ask whether the process is alive.</summary>
    public bool IsLivenessDue(LivenessProbe probe) => timeProvider.GetUtcNow() - (_livenessAskedAt ?? startedAt) >= probe.Period;

    /// <summary>Takes in whether the process answered, and says whether it counts as alive.</summary>
    public bool Liveness(LivenessProbe probe, bool answers)
    {
        _livenessAskedAt = timeProvider.GetUtcNow();
        _livenessFailures = answers ? 0 : _livenessFailures + 1;
        return _livenessFailures < probe.FailureThreshold;
    }

    /// <summary>Whether it was asked to end.</summary>
    public bool IsTerminating => _terminatingSince is not null;

    /// <summary>Asks the process to end; kills it once the grace period, counted from the first call, is over.</summary>
    public void Terminate(TimeSpan gracePeriod)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        if (_terminatingSince is null)
        {
            _terminatingSince = now;
            process.Send(Signal.Terminate);
        }

        if (now - _terminatingSince >= gracePeriod)
        {
            process.Send(Signal.Kill);
        }
    }

    /// <summary>The process has ended and nobody is to look for it.</summary>
    public void Forget() => process.Forget();

    public void Dispose() => process.Dispose();
}
