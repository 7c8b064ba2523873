using Temporalio.Exceptions;

namespace Temporalio.Worker.Runs;

/// <summary>Workflow code held its thread for too long, as code that blocks does.</summary>
internal sealed class WorkflowDeadlockException : InvalidWorkflowOperationException
{
    public WorkflowDeadlockException(string workflow, TimeSpan limit)
        : base($"[TMPRL1101] Potential deadlock detected: workflow {workflow} did not yield within {limit.TotalSeconds:0.#} s. " +
            "Workflow code must not block; compute and wait in activities.")
    {
    }
}
