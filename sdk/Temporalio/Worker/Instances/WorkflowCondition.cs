namespace Temporalio.Worker.Instances;

/// <summary>A wait until something is true.</summary>
/// <param name="Check">What to wait for.</param>
/// <param name="Source">Completed when it is true.</param>
internal sealed record WorkflowCondition(Func<bool> Check, TaskCompletionSource Source);
