namespace Temporalio.Workflows;

/// <summary>Which worker deployment version the first task of a continued run goes to.</summary>
public enum InitialVersioningBehavior
{
    /// <summary>A pinned run continues on its version.</summary>
    Unspecified = 0,

    /// <summary>The run starts on the current version of the task queue's deployment.</summary>
    AutoUpgrade = 1,

    /// <summary>The run starts on the ramping version of the task queue's deployment.</summary>
    UseRampingVersion = 2,
}
