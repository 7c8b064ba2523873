using Temporalio.Api.Command.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Common;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;
using SuggestContinueAsNewReason = Temporalio.Workflows.SuggestContinueAsNewReason;

namespace Temporalio.Worker.Machines;

/// <summary>
/// One run between its history and its code: makes jobs of events, and matches the commands of the code with the events that mirror
/// them. Live work and replay differ only in where the history ends.
/// </summary>
/// <param name="run">The run.</param>
internal sealed partial class WorkflowMachines(RunIdentity run)
{
    private readonly CommandQueue _commands = new();
    private readonly List<ActivationJob> _jobs = [];
    private readonly List<Message> _outbox = [];
    private readonly Dictionary<long, CommandMachine> _byEventId = [];
    private readonly Dictionary<uint, TimerMachine> _timers = [];
    private readonly Dictionary<uint, ActivityMachine> _activities = [];
    private readonly Dictionary<uint, ChildWorkflowMachine> _children = [];
    private readonly Dictionary<uint, SignalExternalMachine> _signals = [];
    private readonly Dictionary<string, UpdateMachine> _updates = [];

    // The patches of the run: those that the history has, and whether the code has asked for them.
    private readonly SortedDictionary<string, bool> _patches = new(StringComparer.Ordinal);

    private RunHistory _history = RunHistory.Empty;
    private List<UpdateRequestMessage> _messages = [];
    private WorkflowTaskStartedEventAttributes? _taskStarted;
    private WorkerDeploymentVersion? _deploymentVersion;
    private DateTime _time;

    /// <summary>The namespace of the run.</summary>
    public string Namespace => run.Namespace;

    /// <summary>Which ways of the engine the history depends on.</summary>
    public SdkFlags Flags { get; } = new(run.CanWriteFlags);

    /// <summary>Whether the events of now lead to what was done before.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>Whether the task being read is the last of the history.</summary>
    public bool IsLastTask { get; private set; }

    /// <summary>The WorkflowTaskStarted event of the last task that was read; 0 for none.</summary>
    public long StartedEventId { get; private set; }

    /// <summary>The last event that was read.</summary>
    public long LastEventId { get; private set; }

    /// <summary>Whether the history has the run's end.</summary>
    public bool HasSeenEnd { get; private set; }

    /// <summary>Whether the code has ended the run.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether there is something to tell the code.</summary>
    public bool HasJobs => _jobs.Count > 0;

    /// <summary>Adds a job to the next activation.</summary>
    public void AddJob(ActivationJob job) => _jobs.Add(job);

    /// <summary>Queues a command.</summary>
    public void Issue(Command command, CommandMachine machine) => _commands.Add(command, machine);

    /// <summary>Sends a message with the answer to the present task. On replay it was sent long ago.</summary>
    public void Send(Message message)
    {
        if (!IsReplaying)
        {
            _outbox.Add(message);
        }
    }

    /// <summary>Lets go of a machine to which nothing more can happen.</summary>
    public void Forget(CommandMachine machine)
    {
        switch (machine)
        {
            case TimerMachine timer:
                _timers.Remove(timer.Sequence);
                break;
            case ActivityMachine activity:
                _activities.Remove(activity.Sequence);
                break;
            case ChildWorkflowMachine child:
                _children.Remove(child.Sequence);
                break;
            case SignalExternalMachine signal:
                _signals.Remove(signal.Sequence);
                break;
            case UpdateMachine update:
                _updates.Remove(update.ProtocolInstanceId);
                break;
        }
    }

    /// <summary>The jobs so far as an activation.</summary>
    public Activation TakeActivation() => ActivationOf(InOrder(_jobs), isQuery: false);

    /// <summary>Queries as an activation.</summary>
    public Activation ActivationOf(IReadOnlyList<QueryWorkflowJob> queries) => ActivationOf([.. queries], isQuery: true);

    /// <summary>What the answer to the present task holds.</summary>
    public TaskAnswer TakeAnswer()
    {
        // A query that comes before new history must say that this worker's version made the last task.
        _deploymentVersion = run.DeploymentVersion;
        TaskAnswer answer = new([.. _commands.ToSend()], [.. _outbox], Flags.ForAnswer());
        _outbox.Clear();
        return answer;
    }

    /// <summary>Lets go of the history that came with the task. All that the run needs of it is in its machines and its code.</summary>
    public void EndTask()
    {
        _history = RunHistory.Empty;
        _messages = [];
        _admitted = null;
    }

    /// <summary>Takes back a task that the server dropped: one that had come for an update and changed nothing.</summary>
    /// <param name="startedEventId">The WorkflowTaskStarted event of the last task that counts.</param>
    public void ResetTo(long startedEventId)
    {
        // The dropped task's own two events are all that came with it.
        StartedEventId = startedEventId;
        LastEventId -= 2;
    }

    private Activation ActivationOf(IReadOnlyList<ActivationJob> jobs, bool isQuery)
    {
        bool isReplaying = IsReplaying || isQuery;
        if (!isReplaying)
        {
            _deploymentVersion = run.DeploymentVersion;
        }

        return new()
        {
            RunId = run.RunId,
            Time = _time,
            IsReplaying = isReplaying,
            HistoryLength = checked((int)LastEventId),
            HistorySize = checked((int)(_taskStarted?.HistorySizeBytes ?? 0)),
            ContinueAsNewSuggested = _taskStarted?.SuggestContinueAsNew ?? false,
            SuggestContinueAsNewReasons = ReasonsOf(_taskStarted),
            TargetWorkerDeploymentVersionChanged = _taskStarted?.TargetWorkerDeploymentVersionChanged ?? false,
            DeploymentVersion = _deploymentVersion,
            Jobs = jobs,
            IsQuery = isQuery,
        };
    }

    private static SuggestContinueAsNewReason[] ReasonsOf(WorkflowTaskStartedEventAttributes? started) =>
        started is null or { SuggestContinueAsNewReasons.Count: 0 }
            ? []
            : [.. started.SuggestContinueAsNewReasons
                .Select(reason => (SuggestContinueAsNewReason)(int)reason)
                .Where(reason => reason != SuggestContinueAsNewReason.Unspecified)];

    private static ActivationJob[] InOrder(List<ActivationJob> jobs)
    {
        bool isOrdered = true;
        for (int i = 1; isOrdered && i < jobs.Count; i++)
        {
            isOrdered = jobs[i - 1].Rank <= jobs[i].Rank;
        }

        ActivationJob[] ordered = isOrdered ? [.. jobs] : [.. jobs.OrderBy(job => job.Rank)];
        jobs.Clear();
        return ordered;
    }
}
