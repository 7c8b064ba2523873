namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>A line of a container's log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Text">The line, without its end.</param>
public readonly record struct LogLine(DateTimeOffset At, string Text);
