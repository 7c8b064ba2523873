namespace Temporalio.Activities;

/// <summary>
/// Marks a method as an activity. On an interface method it gives the activity its name for callers; the implementation repeats the
/// attribute so that a worker finds it.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ActivityAttribute : Attribute
{
    /// <summary>Marks an activity that is named after its method: without a trailing "Async" if it returns a task.</summary>
    public ActivityAttribute()
    {
    }

    /// <summary>Marks an activity with a name of its own.</summary>
    /// <param name="name">The activity type as it stands in histories.</param>
    public ActivityAttribute(string name) => Name = name;

    /// <summary>The name that was given; null for one taken from the method.</summary>
    public string? Name { get; }

    /// <summary>
    /// Whether the activity serves every type that the worker has no other activity for. Such a method has exactly one parameter, an
    /// array of raw values, and no name. Default: false.
    /// </summary>
    public bool Dynamic { get; set; }
}
