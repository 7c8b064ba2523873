namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Says that the codes of a class have a table of their own in <c>docs/errors.md</c>, in the order of their declaration.</summary>
/// <param name="heading">The heading of the table.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReasonTableAttribute(string heading) : Attribute
{
    /// <summary>The heading of the table.</summary>
    public string Heading => heading;
}
