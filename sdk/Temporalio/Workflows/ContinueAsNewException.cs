using Temporalio.Exceptions;

namespace Temporalio.Workflows;

/// <summary>
/// Thrown out of the run method to close the run and start the next one. Made by <see cref="Workflow"/>'s
/// <c>CreateContinueAsNewException</c>.
/// </summary>
public sealed class ContinueAsNewException : TemporalException
{
    internal ContinueAsNewException(string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options)
        : base($"Workflow continues as new run of {workflow}")
    {
        Workflow = workflow;
        Args = args;
        Options = options;
    }

    /// <summary>The type of the next run.</summary>
    internal string Workflow { get; }

    /// <summary>The arguments of the next run.</summary>
    internal IReadOnlyCollection<object?> Args { get; }

    /// <summary>How the next run differs from this one; null for not at all.</summary>
    internal ContinueAsNewOptions? Options { get; }
}
