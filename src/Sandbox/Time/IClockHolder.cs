namespace Orchestrator.Sandbox.Time;

/// <summary>A part of a box that has work of which the clock waits for the end.</summary>
internal interface IClockHolder
{
    /// <summary>Whether something is being worked on. Called under the box's lock.</summary>
    bool IsBusy { get; }

    /// <summary>What is being worked on, one line each. Called under the box's lock.</summary>
    IEnumerable<string> Holders();
}
