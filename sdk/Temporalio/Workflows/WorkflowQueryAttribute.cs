namespace Temporalio.Workflows;

/// <summary>
/// Marks a public method that returns a value, or a public property, as the answer to a query. It may read the workflow's state and
/// must change nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class WorkflowQueryAttribute : Attribute
{
    /// <summary>Marks a query that is named after its method or property.</summary>
    public WorkflowQueryAttribute()
    {
    }

    /// <summary>Marks a query with a name of its own.</summary>
    /// <param name="name">The query's name as callers give it.</param>
    public WorkflowQueryAttribute(string name) => Name = name;

    /// <summary>The name that was given; null for one taken from the member.</summary>
    public string? Name { get; }

    /// <summary>What the query answers, shown in the workflow's metadata. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Whether the method answers every query that has no other handler. Such a method takes the query's name and an array of raw
    /// values, and the attribute has no name. Default: false.
    /// </summary>
    public bool Dynamic { get; set; }
}
