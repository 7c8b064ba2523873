namespace Orchestrator.Workflows.Kubernetes;

/// <summary>A text field before and after.</summary>
/// <param name="Pointer">Where it is: a JSON pointer (RFC 6901), such as <c>/metadata/annotations/example.com~1key</c>.</param>
/// <param name="Before">Its planned value; null where it is absent.</param>
/// <param name="After">Its new value; null removes it.</param>
public sealed record PointerChange(string Pointer, string? Before, string? After);
