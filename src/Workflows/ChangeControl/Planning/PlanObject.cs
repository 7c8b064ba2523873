namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>An object that a plan touches.</summary>
/// <param name="System"><c>kubernetes</c>, <c>kafka</c>, …</param>
/// <param name="Kind">Its kind; of a Kubernetes object the resource's full name, such as <c>kafkas.platform.confluent.io</c>.</param>
/// <param name="Namespace">Its namespace, if it has one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID, where the system has one: a recreated object is another object.</param>
public sealed record PlanObject(string System, string Kind, string? Namespace, string Name, string? Uid = null)
{
    /// <summary><c>kind namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
