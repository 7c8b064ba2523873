using System.Reflection;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>The procedures of this product: every workflow of this assembly with a <see cref="ProcedureAttribute{TInput}"/>.</summary>
public static class ProcedureCatalogue
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ProcedureDescriptor> All { get; } = Of(typeof(ProcedureCatalogue).Assembly);

    /// <summary>The procedures of an assembly, by name.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <exception cref="InvalidOperationException">Two have the same name.</exception>
    public static IReadOnlyList<ProcedureDescriptor> Of(Assembly assembly)
    {
        List<ProcedureDescriptor> all =
        [
            // Asked of workflows alone: it is part of every start, and attributes of all types are a lot to make.
            .. assembly.GetTypes().Where(type => type.IsDefined(typeof(WorkflowAttribute), inherit: false))
                .Where(type => type.GetCustomAttributes().OfType<IProcedureAttribute>().Any()).Select(Of)
                .OrderBy(procedure => procedure.Name, StringComparer.Ordinal),
        ];
        return all.GroupBy(procedure => procedure.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidOperationException(
                $"{string.Join(" and ", twice.Select(one => one.WorkflowType))} have the same name, {twice.Key}.")
            : all;
    }

    /// <summary>The procedure of a workflow.</summary>
    /// <param name="workflow">Its class.</param>
    /// <exception cref="InvalidOperationException">It is not a workflow with a type of its own, or not a procedure.</exception>
    public static ProcedureDescriptor Of(Type workflow) =>
        workflow.GetCustomAttribute<WorkflowAttribute>()?.Name is not { } type
            ? throw new InvalidOperationException($"{workflow} has no [Workflow(\"...\")] that names its type.")
            : workflow.GetCustomAttributes().OfType<IProcedureAttribute>().SingleOrDefault() is { } procedure
                ? new(procedure.Name, type, procedure.Kind, procedure.Tier, procedure.Summary, procedure.InputType)
                {
                    IsSchedulable = procedure.IsSchedulable,
                }
                : throw new InvalidOperationException($"{workflow} has no [Procedure(...)].");
}
