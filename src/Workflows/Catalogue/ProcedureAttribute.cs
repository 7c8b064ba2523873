using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>
/// Makes a workflow a procedure. It is the only registration: the catalogue, the worker, the command line, the tests of every procedure
/// and the generated documents find it by this.
/// </summary>
/// <typeparam name="TInput">Its one input record.</typeparam>
/// <param name="name">Its name on the command line, in kebab case.</param>
/// <param name="tier">Its tier, before anything raises it.</param>
/// <param name="summary">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProcedureAttribute<TInput>(string name, ChangeTier tier, string summary) : Attribute, IProcedureAttribute
    where TInput : class, IProcedureInput
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ChangeTier Tier => tier;

    /// <inheritdoc/>
    public string Summary => summary;

    /// <inheritdoc/>
    public ProcedureKind Kind { get; init; } = ProcedureKind.Change;

    /// <inheritdoc/>
    public bool IsSchedulable { get; init; }

    /// <inheritdoc/>
    public Type InputType => typeof(TInput);
}

/// <summary>A <see cref="ProcedureAttribute{TInput}"/>, whatever its input is.</summary>
internal interface IProcedureAttribute
{
    /// <summary>The name on the command line, in kebab case.</summary>
    string Name { get; }

    /// <summary>The tier, before anything raises it.</summary>
    ChangeTier Tier { get; }

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>Whether it changes anything. Default: it does.</summary>
    ProcedureKind Kind { get; }

    /// <summary>Whether it may run on a schedule. Default: it may not.</summary>
    bool IsSchedulable { get; }

    /// <summary>The type of the input record.</summary>
    Type InputType { get; }
}
