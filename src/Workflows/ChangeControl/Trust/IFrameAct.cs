namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>The input of an activity by which the frame itself writes: locks, fencing tokens, evidence. No plan lists these.</summary>
public interface IFrameAct
{
    /// <summary>Why the run that calls must not do this; null where it may. Decided only by who calls.</summary>
    string? Refuse(CallingRun run);
}
