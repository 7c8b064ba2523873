using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Takes the controls of a run, and remembers what was asked until the run honours it.</summary>
internal sealed class RunControls
{
    private readonly Func<ControlPlace> _place;
    private readonly string _requestedBy;
    private readonly Action<string, ControlRequest> _accepted;
    private readonly Action _refused;

    /// <summary>Registers the controls with the workflow.</summary>
    /// <param name="place">Where the run stands.</param>
    /// <param name="requestedBy">Who asked for the change.</param>
    /// <param name="accepted">Told of each control that counts.</param>
    /// <param name="refused">Told of each signal that does not.</param>
    public RunControls(Func<ControlPlace> place, string requestedBy, Action<string, ControlRequest> accepted, Action refused)
    {
        _place = place;
        _requestedBy = requestedBy;
        _accepted = accepted;
        _refused = refused;
        foreach (string control in ControlNames.All)
        {
            Workflow.Updates[control] = WorkflowUpdateDefinition.CreateWithoutAttribute(
                control,
                (IRawValue? request = null) => Task.FromResult(Take(control, Read(request).Require())),
                (IRawValue? request = null) => Validate(control, request));
            Workflow.Signals[control] = WorkflowSignalDefinition.CreateWithoutAttribute(
                control, (IRawValue? request = null) => TakeSignal(control, Read(request)));
        }
    }

    /// <summary>The policy, once it is read; before that nothing is taken.</summary>
    public ChangePolicy? Policy { get; set; }

    /// <summary>A pause that was asked for and is not over.</summary>
    public ControlRequest? Pause { get; private set; }

    /// <summary>An abort.</summary>
    public ControlRequest? Abort { get; private set; }

    /// <summary>A withdrawal.</summary>
    public ControlRequest? Withdraw { get; private set; }

    /// <summary>A wait that a person cut short; it counts only for the step that it names.</summary>
    public ControlRequest? Skip { get; private set; }

    /// <summary>A vote that was revoked and has not been handled yet.</summary>
    public ControlRequest? Revoked { get; set; }

    /// <summary>What a person decided on a failure; null while it is waited for.</summary>
    public (string Control, ControlRequest Request)? Decision { get; private set; }

    /// <summary>Why a signal did not count, for those who read the run in the Temporal UI.</summary>
    public Refusal? RefusedSignal { get; private set; }

    /// <summary>Begins to wait for a decision.</summary>
    public void Ask() => Decision = null;

    private static ReadInput<ControlRequest> Read(IRawValue? request) => InputReader.Asked<ControlRequest>(request);

    private void Validate(string control, IRawValue? request)
    {
        if (ControlRules.Refuse(control, Read(request).Require(), _place(), _requestedBy, Policy) is { } refusal)
        {
            throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true);
        }
    }

    private Task TakeSignal(string control, ReadInput<ControlRequest> request)
    {
        RefusedSignal = request.Refusal ?? ControlRules.Refuse(control, request.Value!, _place(), _requestedBy, Policy);
        if (RefusedSignal is null)
        {
            Take(control, request.Value!);
        }
        else
        {
            _refused();
        }

        return Task.CompletedTask;
    }

    private ControlAnswer Take(string control, ControlRequest request)
    {
        string by = Actor.Subject(request.Actor);
        string sentence;
        switch (control)
        {
            case ControlNames.Pause:
                Pause ??= request;
                sentence = _place().Began ? $"Pauses at the next safe point, for {by}." : $"Pauses before its first step, for {by}.";
                break;
            case ControlNames.Abort:
                Abort ??= request;
                sentence = $"Stops at the next safe point and undoes what can be undone, for {by}.";
                break;
            case ControlNames.Withdraw:
                Withdraw ??= request;
                sentence = $"Withdrawn by {by}; nothing was changed.";
                break;
            case ControlNames.Revoke:
                Revoked = request;
                sentence = $"{by} revokes their vote; the change asks for votes again.";
                break;
            case ControlNames.SkipStep when _place().State == ChangeState.Running:
                Skip = request;
                sentence = $"Continues without the rest of step {request.Step}, for {by}.";
                break;
            default:
                Pause = null;
                Decision = (control, request);
                sentence = control switch
                {
                    ControlNames.AcceptAsIs => $"Ends and leaves its changes as they are, for {by}.",
                    ControlNames.Resume when _place().State is not (ChangeState.Paused or ChangeState.Blocked) =>
                        $"Does not pause, for {by}.",
                    ControlNames.SkipStep => $"Skips step {request.Step} if its check passes, for {by}.",
                    _ => $"Continues, for {by}.",
                };
                break;
        }

        _accepted(control, request);
        return new(_place().State, sentence);
    }
}
