namespace Temporalio.Workflows;

/// <summary>Marks a public method that returns a task as the handler of an update.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowUpdateAttribute : Attribute
{
    /// <summary>Marks an update that is named after its method, without a trailing "Async".</summary>
    public WorkflowUpdateAttribute()
    {
    }

    /// <summary>Marks an update with a name of its own.</summary>
    /// <param name="name">The update's name as it stands in histories.</param>
    public WorkflowUpdateAttribute(string name) => Name = name;

    /// <summary>The name that was given; null for one taken from the method.</summary>
    public string? Name { get; }

    /// <summary>What the update does, shown in the workflow's metadata. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Whether the method handles every update that has no other handler. Such a method takes the update's name and an array of raw
    /// values, and the attribute has no name. Default: false.
    /// </summary>
    public bool Dynamic { get; set; }

    /// <summary>What to do when the workflow ends while the handler runs. Default: warn.</summary>
    public HandlerUnfinishedPolicy UnfinishedPolicy { get; set; } = HandlerUnfinishedPolicy.WarnAndAbandon;
}
