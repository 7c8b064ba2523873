namespace Temporalio.Workflows;

/// <summary>
/// Marks a public method without result, with the parameters of an update, that throws if the update must not be accepted. A rejected
/// update leaves no trace in the history; the validator changes nothing and waits for nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateValidatorAttribute : Attribute
{
    /// <summary>Marks the validator of an update.</summary>
    /// <param name="updateMethod">The name of the update's method on the same type: <c>nameof(TheUpdateAsync)</c>.</param>
    public WorkflowUpdateValidatorAttribute(string updateMethod) => UpdateMethod = updateMethod;

    /// <summary>The name of the update's method.</summary>
    public string UpdateMethod { get; }
}
