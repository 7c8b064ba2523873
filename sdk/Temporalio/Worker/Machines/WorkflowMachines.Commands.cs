using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;

namespace Temporalio.Worker.Machines;

/// <content>From the code's commands to those that go to the server.</content>
internal sealed partial class WorkflowMachines
{
    // The server takes no larger value.
    private const int MaximumSearchAttributeSize = 2048;

    private readonly Dictionary<string, Payload?> _upserted = [];
    private Memo? _startMemo;
    private RetryPolicy? _startRetryPolicy;
    private SearchAttributes? _startSearchAttributes;

    /// <summary>Takes what the code did in an activation. Answers to queries are not among it.</summary>
    /// <exception cref="WorkflowNondeterminismException">The code refers to something that it has not started.</exception>
    public void Apply(IReadOnlyList<WorkflowCommand> commands)
    {
        bool sendsAll = !IsReplaying || Flags.CanUse(SdkFlag.MoveTerminalCommands, isNew: false);
        CloseRunCommand? close = null;
        foreach (WorkflowCommand command in commands)
        {
            if (command is CloseRunCommand end)
            {
                close ??= end;
            }
            else if (close is null || sendsAll)
            {
                Apply(command);
            }
        }

        if (close is not null)
        {
            Close(close);
        }
    }

    private void Apply(WorkflowCommand command)
    {
        switch (command)
        {
            case StartTimerCommand timer:
                TimerMachine timerMachine = new(this, timer.Sequence);
                _timers.Add(timer.Sequence, timerMachine);
                Issue(timer.Command, timerMachine);
                break;
            case CancelTimerCommand cancel:
                _timers.GetValueOrDefault(cancel.Sequence)?.Cancel();
                break;
            case ScheduleActivityCommand activity:
                ActivityMachine activityMachine = new(this, activity);
                _activities.Add(activity.Sequence, activityMachine);
                Issue(activity.Command, activityMachine);
                break;
            case CancelActivityCommand cancel:
                // What has ended in the meantime cannot be cancelled, and is not there any more.
                _activities.GetValueOrDefault(cancel.Sequence)?.Cancel();
                break;
            case StartChildCommand child:
                ChildWorkflowMachine childMachine = new(this, child);
                _children.Add(child.Sequence, childMachine);
                Issue(child.Command, childMachine);
                break;
            case CancelChildCommand cancel:
                _children.GetValueOrDefault(cancel.Sequence)?.Cancel(reason: string.Empty);
                break;
            case SignalExternalCommand signal:
                SignalExternalMachine signalMachine = new(this, signal);
                _signals.Add(signal.Sequence, signalMachine);
                Issue(signal.Command, signalMachine);
                break;
            case CancelSignalCommand cancel:
                _signals.GetValueOrDefault(cancel.Sequence)?.Cancel();
                break;
            case CancelExternalCommand cancel:
                string workflowId = cancel.Command.RequestCancelExternalWorkflowExecutionCommandAttributes.WorkflowId;
                Issue(cancel.Command, new CancelExternalMachine(this, cancel.Sequence, workflowId));
                break;
            case SetPatchMarkerCommand patch:
                SetPatchMarker(patch);
                break;
            case UpsertSearchAttributesCommand upsert:
                Upsert(upsert.Command);
                break;
            case ModifyPropertiesCommand modify:
                Issue(modify.Command, new RecordedMachine(this, "change of the memo"));
                break;
            case AcceptUpdateCommand accept:
                UpdateOf(accept.ProtocolInstanceId).Accept();
                break;
            case FailUpdateCommand fail:
                UpdateOf(fail.ProtocolInstanceId).Fail(fail.Failure);
                break;
            case CompleteUpdateCommand complete:
                UpdateOf(complete.ProtocolInstanceId).Complete(complete.Result);
                break;
            default:
                throw new InvalidOperationException($"{command.GetType().Name} is no command of workflow code.");
        }
    }

    private UpdateMachine UpdateOf(string protocolInstanceId) =>
        _updates.GetValueOrDefault(protocolInstanceId) ?? throw Nondeterminism.UnknownCommand("update", protocolInstanceId);

    private void SetPatchMarker(SetPatchMarkerCommand patch)
    {
        bool isInHistory = _patches.TryGetValue(patch.PatchId, out bool isIssued);
        if (isIssued)
        {
            return;
        }

        Issue(new PatchMarker(patch.PatchId, patch.Deprecated).ToCommand(), new PatchMachine(this, patch.PatchId));
        _patches[patch.PatchId] = true;
        bool isNew = !IsReplaying;
        if ((isNew || isInHistory) && Flags.CanUse(SdkFlag.UpsertSearchAttributeOnPatch, isNew))
        {
            ListPatches();
        }
    }

    private void ListPatches()
    {
        string[] ids = [.. _patches.Where(patch => patch.Value).Select(patch => patch.Key)];
        Payload payload = DataConverter.Default.PayloadConverter.ToPayload(ids);
        if (payload.Data.Length >= MaximumSearchAttributeSize)
        {
            return;
        }

        payload.Metadata["type"] = ByteString.CopyFromUtf8(nameof(IndexedValueType.KeywordList));
        Command command = new()
        {
            CommandType = CommandType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = new() },
        };
        command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes.IndexedFields[PatchMarker.SearchAttribute] = payload;
        Issue(command, new RecordedMachine(this, "list of patches"));
    }

    private void Upsert(Command command)
    {
        UpsertWorkflowSearchAttributesCommandAttributes attributes = command.UpsertWorkflowSearchAttributesCommandAttributes;
        foreach ((string name, Payload payload) in attributes.SearchAttributes.IndexedFields)
        {
            _upserted[name] = payload;
        }

        // The list of patches is the SDK's own; a workflow that sets it keeps its command and changes nothing.
        if (attributes.SearchAttributes.IndexedFields.ContainsKey(PatchMarker.SearchAttribute)
            && Flags.CanUse(SdkFlag.UpsertSearchAttributeOnPatch, isNew: !IsReplaying))
        {
            attributes.SearchAttributes = new();
        }

        Issue(command, new RecordedMachine(this, "change of search attributes"));
    }

    private void Close(CloseRunCommand close)
    {
        if (close.Command.ContinueAsNewWorkflowExecutionCommandAttributes is { } next)
        {
            CarryOver(next);
        }

        IsFinished = true;
        Issue(close.Command, new RecordedMachine(this, "end of the run"));
    }

    // What the workflow did not set goes on as it is.
    private void CarryOver(ContinueAsNewWorkflowExecutionCommandAttributes next)
    {
        next.Memo ??= _startMemo;
        next.RetryPolicy ??= _startRetryPolicy;
        if (next.SearchAttributes is not null)
        {
            return;
        }

        SearchAttributes current = _startSearchAttributes?.Clone() ?? new();
        foreach ((string name, Payload? payload) in _upserted)
        {
            current.IndexedFields[name] = payload;
        }

        next.SearchAttributes = current.IndexedFields.Count > 0 ? current : null;
    }
}
