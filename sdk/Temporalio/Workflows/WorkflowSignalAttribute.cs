namespace Temporalio.Workflows;

/// <summary>Marks a public method that returns a task as the handler of a signal.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowSignalAttribute : Attribute
{
    /// <summary>Marks a signal that is named after its method, without a trailing "Async".</summary>
    public WorkflowSignalAttribute()
    {
    }

    /// <summary>Marks a signal with a name of its own.</summary>
    /// <param name="name">The signal's name as it stands in histories.</param>
    public WorkflowSignalAttribute(string name) => Name = name;

    /// <summary>The name that was given; null for one taken from the method.</summary>
    public string? Name { get; }

    /// <summary>What the signal is for, shown in the workflow's metadata. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Whether the method handles every signal that has no other handler. Such a method takes the signal's name and an array of raw
    /// values, and the attribute has no name. Default: false.
    /// </summary>
    public bool Dynamic { get; set; }

    /// <summary>What to do when the workflow ends while the handler runs. Default: warn.</summary>
    public HandlerUnfinishedPolicy UnfinishedPolicy { get; set; } = HandlerUnfinishedPolicy.WarnAndAbandon;
}
