namespace Orchestrator.Kubernetes;

/// <summary>A kind of object that a server serves.</summary>
/// <param name="Kind">Value of <c>kind</c> in its objects, such as <c>StatefulSet</c>.</param>
/// <param name="Type">How it is addressed.</param>
/// <param name="Verbs">What can be done with it, such as <c>list</c>.</param>
/// <param name="ShortNames">What kubectl lets one call it, such as <c>sts</c>.</param>
public sealed record DiscoveredResource(string Kind, ResourceType Type, IReadOnlyList<string> Verbs, IReadOnlyList<string> ShortNames)
{
    internal bool IsCalled(string name) =>
        string.Equals(Kind, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Type.Plural, name, StringComparison.OrdinalIgnoreCase)
        || ShortNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
