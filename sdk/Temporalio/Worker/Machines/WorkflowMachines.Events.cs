using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;

namespace Temporalio.Worker.Machines;

/// <content>From events to jobs.</content>
internal sealed partial class WorkflowMachines
{
    private Dictionary<string, UpdateRequestMessage>? _admitted;
    private long _nextStartedEventId;

    /// <summary>Begins to work on a task, and reads on to the first thing that the code must be told.</summary>
    /// <param name="history">The history that came with the task.</param>
    /// <param name="messages">The updates that came with the task.</param>
    /// <param name="cancellationToken">Cancels fetching history.</param>
    /// <exception cref="WorkflowNondeterminismException">The code does not do what the history says.</exception>
    /// <exception cref="InvalidWorkflowOperationException">The history cannot be read.</exception>
    public ValueTask BeginTaskAsync(
        RunHistory history, IReadOnlyList<UpdateRequestMessage> messages, CancellationToken cancellationToken)
    {
        _history = history;
        _messages = [.. messages];
        history.UpdateSequencingEventId = _messages.Count > 0 ? _messages.Min(message => message.SequencingEventId) : 0;
        IsReplaying = history.PreviousStartedEventId > 0;
        return ReadOnAsync(cancellationToken);
    }

    /// <summary>Reads on until there is something to tell the code, or the history ends.</summary>
    /// <param name="cancellationToken">Cancels fetching history.</param>
    public async ValueTask ReadOnAsync(CancellationToken cancellationToken)
    {
        while (!HasJobs)
        {
            await _history.PrepareAsync(StartedEventId, cancellationToken);
            if (ReadTask() == 0 || !IsReplaying)
            {
                return;
            }
        }
    }

    private int ReadTask()
    {
        if (HasSeenEnd)
        {
            IsReplaying = false;
            return 0;
        }

        long previousStarted = StartedEventId;
        HistorySequence events = _history.Take(previousStarted);
        IsLastTask = events.IsLast;
        int first = 0;
        while (first < events.Count && events[first].EventId <= LastEventId)
        {
            first++;
        }

        if (first == events.Count)
        {
            IsReplaying = false;
        }
        else
        {
            ReadCompletions(events, first);
            ReadEvents(events, first);
        }

        LookAhead(previousStarted);
        return events.Count - first;
    }

    // What a task was completed with must be known before its code runs.
    private void ReadCompletions(HistorySequence events, int first)
    {
        for (int i = first; i < events.Count; i++)
        {
            if (events[i].EventType == EventType.WorkflowTaskCompleted)
            {
                ReadCompletion(events[i].WorkflowTaskCompletedEventAttributes);
            }
        }

        HistoryEvent last = events[events.Count - 1];
        if (_history.NextTaskCompleted(last.EventId) is { } next)
        {
            ReadCompletion(next);
        }

        if (last.EventType == EventType.WorkflowTaskStarted)
        {
            _nextStartedEventId = last.EventId;
        }
    }

    private void ReadCompletion(WorkflowTaskCompletedEventAttributes completed)
    {
        Flags.Add(completed);
        _deploymentVersion = DeploymentVersionOf(completed) ?? _deploymentVersion;
    }

#pragma warning disable CS0612, CS0618 // Histories of older servers name the version in fields that are deprecated now.
    private static WorkerDeploymentVersion? DeploymentVersionOf(WorkflowTaskCompletedEventAttributes completed)
    {
        if (completed.DeploymentVersion is { } version)
        {
            return WorkerDeploymentVersion.FromProto(version);
        }

        if (completed.WorkerDeploymentVersion.Contains('.', StringComparison.Ordinal))
        {
            return WorkerDeploymentVersion.FromCanonicalString(completed.WorkerDeploymentVersion);
        }

        string buildId = completed.WorkerVersion?.BuildId ?? string.Empty;
        return buildId.Length > 0 || completed.WorkerDeploymentName.Length > 0
            ? new(completed.WorkerDeploymentName, buildId)
            : null;
    }
#pragma warning restore CS0612, CS0618

    private void ReadEvents(HistorySequence events, int first)
    {
        Dictionary<string, UpdateRequestMessage> admitted = [];
        bool skip = false;
        for (int i = first; i < events.Count; i++)
        {
            HistoryEvent e = events[i];
            if (e.EventId != LastEventId + 1)
            {
                throw new InvalidWorkflowOperationException(
                    $"The history is out of order: event {e.EventId} comes after event {LastEventId}.");
            }

            EndReplayAt(e);
            if (e.EventType == EventType.WorkflowExecutionUpdateAdmitted)
            {
                UpdateRequestMessage message = UpdateRequestMessage.OfAdmitted(e);
                if (IsReplaying)
                {
                    admitted[message.ProtocolInstanceId] = message;
                }
                else
                {
                    _messages.Add(message);
                }
            }

            DeliverMessages(e.EventId - 1);
            skip = !skip && e.EventType != EventType.WorkflowExecutionUpdateAdmitted
                && Read(e, i + 1 < events.Count ? events[i + 1] : null);
            LastEventId = e.EventId;
        }

        _admitted = admitted.Count > 0 ? admitted : null;
    }

    // Replay is over with the first event of the last task that the workflow did not bring about itself.
    private void EndReplayAt(HistoryEvent e)
    {
        if (IsReplaying
            && IsLastTask
            && e.EventId > _history.PreviousStartedEventId
            && e.EventType != EventType.WorkflowTaskCompleted
            && !e.IsCommandEvent())
        {
            IsReplaying = false;
        }
    }

    private void DeliverMessages(long upToEventId)
    {
        if (_messages.Count == 0)
        {
            return;
        }

        foreach (UpdateRequestMessage message in _messages.Where(message => message.SequencingEventId <= upToEventId))
        {
            Deliver(message);
        }

        _messages.RemoveAll(message => message.SequencingEventId <= upToEventId);
    }

    private void Deliver(UpdateRequestMessage message)
    {
        _updates[message.ProtocolInstanceId] = new(this, message);
        AddJob(new DoUpdateJob(message.ProtocolInstanceId, message.Request, runValidator: !IsReplaying));
    }

    // What the code did in this task is in the next one. Patches and accepted updates must be known while the code runs.
    private void LookAhead(long previousStarted)
    {
        HistorySequence next = _history.Peek(previousStarted);
        for (int i = 0; i < next.Count; i++)
        {
            HistoryEvent e = next[i];
            if (PatchMarker.Of(e) is { } patch)
            {
                _patches[patch.Id] = false;
                AddJob(new NotifyHasPatchJob(patch.Id));
            }
            else if (e.EventType == EventType.WorkflowExecutionUpdateAccepted)
            {
                WorkflowExecutionUpdateAcceptedEventAttributes accepted = e.WorkflowExecutionUpdateAcceptedEventAttributes;
                Deliver(_admitted?.GetValueOrDefault(accepted.ProtocolInstanceId) ?? UpdateRequestMessage.Of(accepted));
            }
        }
    }
}
