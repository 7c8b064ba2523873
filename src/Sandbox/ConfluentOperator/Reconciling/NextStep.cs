namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>What the next step of a component follows.</summary>
internal enum NextStep
{
    /// <summary>The next change of an object of it.</summary>
    AfterChange,

    /// <summary>A while: processes that keep a roll waiting are asked again.</summary>
    AfterAsking,

    /// <summary>A while that grows from failure to failure: what the API refused is tried again.</summary>
    AfterFailure,
}
