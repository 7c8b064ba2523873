using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Worker.Runs;

/// <summary>The workflows of a worker by type.</summary>
internal sealed class WorkflowRegistry
{
    private readonly Dictionary<string, WorkflowDefinition> _byType = [];
    private readonly WorkflowDefinition? _dynamic;

    /// <exception cref="ArgumentException">Two have one type, two are dynamic, or one cannot be instantiated.</exception>
    public WorkflowRegistry(IEnumerable<WorkflowDefinition> workflows)
    {
        foreach (WorkflowDefinition workflow in workflows)
        {
            if (!workflow.Instantiable)
            {
                throw new ArgumentException(
                    $"Workflow {workflow.Type} cannot be instantiated: it is an interface, abstract, or has no public constructor without parameters.");
            }

            if (workflow.Name is { } name)
            {
                if (!_byType.TryAdd(name, workflow))
                {
                    throw new ArgumentException($"Workflow type {name} is given twice: by {_byType[name].Type} and {workflow.Type}.");
                }
            }
            else
            {
                _dynamic = _dynamic is null
                    ? workflow
                    : throw new ArgumentException($"Two workflows are dynamic: {_dynamic.Type} and {workflow.Type}.");
            }
        }
    }

    /// <exception cref="ApplicationFailureException">There is none of that type.</exception>
    public WorkflowDefinition Find(string workflowType) =>
        _byType.GetValueOrDefault(workflowType) ?? _dynamic ?? throw new ApplicationFailureException(
            $"Workflow type {workflowType} is not registered on this worker, available workflows: [{string.Join(", ", _byType.Keys.Order(StringComparer.Ordinal))}]",
            errorType: "NotFoundError");
}
