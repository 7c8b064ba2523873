using Temporalio.Common;

namespace Temporalio.Worker;

/// <summary>What came of replaying a history.</summary>
/// <param name="History">The history.</param>
/// <param name="ReplayFailure">
/// Why the workflow cannot follow it: a <see cref="Exceptions.WorkflowNondeterminismException"/>, or an
/// <see cref="Exceptions.InvalidWorkflowOperationException"/> for any other failure of a workflow task. Null if it can.
/// </param>
public record WorkflowReplayResult(WorkflowHistory History, Exception? ReplayFailure);
