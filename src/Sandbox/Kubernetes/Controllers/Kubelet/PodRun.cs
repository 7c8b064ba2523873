using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>
/// One pod on its node, from the binding to the end: 1. volumes; 2. per init container and then for the containers: image, start; 3. the
/// process, which becomes ready, or ends and is started again after a wait; 4. told to go: SIGTERM, SIGKILL after the grace period, last
/// status, removal. At most one thing is waited for at a time.
/// </summary>
internal sealed class PodRun
{
    private static readonly WriteOptions Kubelet = new() { FieldManager = "kubelet" };

    private readonly ControlContext _context;
    private readonly NodeHost _host;
    private readonly PodEvents _events;
    private readonly PodPlace _place;
    private readonly BackOff _crashes = new();
    private readonly BackOff _pulls = new();
    private ContainerRun _run = new();
    private IDisposable? _alarm;
    private IDisposable? _graceAlarm;
    private PodProcess? _process;
    private bool _isStopping;

    public PodRun(ControlContext context, NodeHost host, StoredObject pod, PodPlace place)
    {
        (_context, _host, Pod, _place) = (context, host, pod, place);
        _events = new PodEvents(context.Events, host.Name, () => Pod);
    }

    /// <summary>The pod as it was last told.</summary>
    public StoredObject Pod { get; set; }

    /// <summary>The node.</summary>
    public NodeHost Host => _host;

    /// <summary>Whether its volumes are still missing something.</summary>
    public bool WaitsForVolumes { get; private set; }

    /// <summary>Whether its process runs.</summary>
    public bool HasProcess => _process is not null;

    private bool IsHeldUnready => _host.Faults.IsUnready(Pod.Key);

    private PodScript Script => _host.ScriptOf(Pod);

    private JsonElement Container => Pod.Spec.Items("containers").First();

    private string FullName => $"{Pod.Name}_{Pod.Namespace}({Pod.Uid})";

    /// <summary>Begins with the pod, or goes on with one whose node came back.</summary>
    public void Begin()
    {
        _run = _run with { WaitingReason = Pod.Spec.Items("initContainers").Any() ? "PodInitializing" : "ContainerCreating" };
        Write();
        Mount();
    }

    /// <summary>Looks again for what its volumes need.</summary>
    public void Mount()
    {
        WaitsForVolumes = false;
        if (MissingVolumes.Of(Pod, _context.Store) is { } missing)
        {
            WaitsForVolumes = true;
            _events.VolumesMissing(missing);
            return;
        }

        _run = _run with { HasSandbox = true };
        Initialize();
    }

    /// <summary>Whether it is ready has changed from outside.</summary>
    public void LookAtReadiness()
    {
        if (_process is not null && !_isStopping)
        {
            SetReady(_process, _process.Serves);
        }
    }

    /// <summary>The pod is to go.</summary>
    public void Terminate()
    {
        long grace = Pod.Metadata.Number("deletionGracePeriodSeconds") ?? 0;
        if (!_isStopping)
        {
            _isStopping = true;
            WaitsForVolumes = false;
            Wait(null);
            if (_process is not { } process)
            {
                End(null);
                return;
            }

            _events.Stopping(Container);
            if (grace > 0)
            {
                process.Stop();
            }
        }

        DateTimeOffset until = Pod.Metadata.Time("deletionTimestamp") ?? _context.Now;
        _graceAlarm?.Dispose();
        _graceAlarm = _context.Loop.After(Later(until - _context.Now), $"the grace period of {Pod.Key} ends", () => Kill(137));
    }

    /// <summary>Kills the process; what follows is as if it had ended by itself.</summary>
    public void Kill(int exitCode)
    {
        if (_process is { } process)
        {
            process.Kill();
            Exited(process, exitCode);
        }
    }

    /// <summary>The pod is gone, or its node: nothing more is done, and nothing is written.</summary>
    public void Drop()
    {
        Wait(null);
        _graceAlarm?.Dispose();
        _process?.Kill();
        _process = null;
    }

    /// <summary>The node is back after it was down: what ran has ended, and is started again.</summary>
    public void Resume()
    {
        if (Pod.IsBeingDeleted)
        {
            _isStopping = true;
            End(null);
        }
        else if (_run.RunningSince is { } since)
        {
            _run = _run with
            {
                RunningSince = null, IsReady = false, Restarts = _run.Restarts + 1, Last = new Termination(255, since, _context.Now),
            };
            Prepare(StartProcess);
        }
        else
        {
            Begin();
        }
    }

    /// <summary>Does what was held up by a fault that is over now.</summary>
    public void Retry()
    {
        if (_run.WaitingReason is "ImagePullBackOff" or "ErrImagePull")
        {
            if (_run.InitDone < Pod.Spec.Items("initContainers").Count())
            {
                Initialize();
            }
            else
            {
                Prepare(StartProcess);
            }
        }
    }

    private void Initialize()
    {
        List<JsonElement> inits = [.. Pod.Spec.Items("initContainers")];
        if (_run.InitDone == inits.Count)
        {
            Prepare(StartProcess);
            return;
        }

        JsonElement init = inits[_run.InitDone];
        Pull(init, () =>
        {
            _events.Started(init);
            _run = _run with { InitSince = _context.Now, WaitingReason = null, WaitingMessage = null };
            Write();
            After(Script.Init, "an init container runs", () =>
            {
                _run = _run with
                {
                    InitDone = _run.InitDone + 1, InitSince = null, InitFinished = _context.Now, WaitingReason = "PodInitializing",
                };
                Write();
                Initialize();
            });
        });
    }

    private void Prepare(Action then)
    {
        List<JsonElement> containers = [.. Pod.Spec.Items("containers")];
        PullFrom(0);

        void PullFrom(int index)
        {
            if (index == containers.Count)
            {
                then();
            }
            else
            {
                Pull(containers[index], () => PullFrom(index + 1));
            }
        }
    }

    private void Pull(JsonElement container, Action then)
    {
        string image = container.Text("image") ?? "";
        if (_host.Faults.IsUnavailable(image))
        {
            FailPull(container, image);
        }
        else if (_host.HasImage(image) && container.Text("imagePullPolicy") != "Always")
        {
            _events.ImagePresent(container);
            then();
        }
        else
        {
            TimeSpan time = _host.HasImage(image) ? TimeSpan.Zero : Script.Pull;
            _events.Pulling(container);
            After(time, "an image is pulled", () =>
            {
                _host.AddImage(image);
                _events.Pulled(container, time);
                then();
            });
        }
    }

    private void FailPull(JsonElement container, string image)
    {
        string why = "rpc error: code = NotFound desc = "
            + $"failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found";
        _events.Pulling(container);
        _events.PullFailed(container, why);
        _run = _run with { WaitingReason = "ErrImagePull", WaitingMessage = why };
        Write();
        TimeSpan wait = _pulls.Next();
        After(TimeSpan.FromSeconds(1), "an image pull backs off", () =>
        {
            _events.PullBacksOff(container);
            _run = _run with
            {
                WaitingReason = "ImagePullBackOff", WaitingMessage = $"Back-off pulling image \"{image}\": ErrImagePull: {why}",
            };
            Write();
            After(wait - TimeSpan.FromSeconds(1), "an image is pulled again", Retry);
        });
    }

    private void StartProcess()
    {
        foreach (JsonElement container in Pod.Spec.Items("containers"))
        {
            _events.Started(container);
        }

        _run = _run with { RunningSince = _context.Now, WaitingReason = null, WaitingMessage = null, Ended = null, IsReady = false };
        _process = new PodProcess(_context.Loop, Pod, _host.WorkloadOf(Pod, Script, _context.Loop));
        _process.ReadinessChanged = SetReady;
        _process.Exited = Exited;
        Write();
        _process.Start();
    }

    private void SetReady(PodProcess process, bool serves)
    {
        if (process != _process)
        {
            return;
        }

        process.Serves = serves;
        if (serves && IsHeldUnready)
        {
            _events.ProbeFailed(Container);
        }

        bool isReady = serves && !IsHeldUnready;
        if (_run.IsReady != isReady)
        {
            _run = _run with { IsReady = isReady };
            Write();
        }
    }

    private void Exited(PodProcess process, int exitCode)
    {
        if (process != _process)
        {
            return;
        }

        _process = null;
        Termination end = new(exitCode, _run.RunningSince ?? _context.Now, _context.Now);
        string policy = Pod.Spec.Text("restartPolicy") ?? "Always";
        if (_isStopping)
        {
            End(end);
        }
        else if (policy == "Never" || (policy == "OnFailure" && exitCode == 0))
        {
            _run = _run with { RunningSince = null, IsReady = false, Ended = end, IsOver = true };
            Write();
        }
        else
        {
            Restart(end);
        }
    }

    // The first time at once; after that with a wait in between.
    private void Restart(Termination end)
    {
        _crashes.Held(end.FinishedAt - end.StartedAt);
        bool isFirst = _run.Last is null;
        _run = _run with { RunningSince = null, IsReady = false, Last = end, Ended = isFirst ? end : null };
        if (isFirst)
        {
            Write();
            _run = _run with { Restarts = _run.Restarts + 1, Ended = null };
            After(TimeSpan.FromSeconds(1), "a container is started again", () => Prepare(StartProcess));
            return;
        }

        TimeSpan wait = _crashes.Next();
        _events.RestartBacksOff(Container, FullName);
        _run = _run with
        {
            WaitingReason = "CrashLoopBackOff",
            WaitingMessage = $"back-off {BackOff.Text(wait)} restarting failed container={Container.Text("name")} pod={FullName}",
        };
        Write();
        After(wait, "a container is started again", () =>
        {
            _run = _run with { Restarts = _run.Restarts + 1 };
            Prepare(StartProcess);
        });
    }

    private void End(Termination? end)
    {
        Wait(null);
        _graceAlarm?.Dispose();
        if (end is not null)
        {
            _run = _run with { RunningSince = null, IsReady = false, Ended = end, IsOver = true };
            Write();
        }

        _context.Delete(Pod, gracePeriodSeconds: 0);
    }

    private void Write() => _context.UpdateStatus(
        Pod.Key,
        obj =>
        {
            if ((string?)obj["metadata"]!["uid"] != Pod.Uid)
            {
                return false;
            }

            new PodStatus(Pod, _run, _place, _context.Now).WriteTo(obj);
            return true;
        },
        Kubelet);

    private void After(TimeSpan time, string what, Action act) =>
        Wait(_context.Loop.After(Later(time), $"{Pod.Namespace}/{Pod.Name}: {what}", act));

    private void Wait(IDisposable? alarm)
    {
        _alarm?.Dispose();
        _alarm = alarm;
    }

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
