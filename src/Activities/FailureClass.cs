namespace Orchestrator.Activities;

/// <summary>What a failure means for the step.</summary>
public enum FailureClass
{
    /// <summary>It may pass by itself: tried again soon.</summary>
    Transient,

    /// <summary>Somebody must do something: tried again every 30 seconds, until the limit of the call.</summary>
    Blocked,

    /// <summary>Trying again gives the same answer: the step fails.</summary>
    Fatal,
}
