namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>A command to run in a container.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Input">What is typed into it; empty where nothing is.</param>
/// <param name="Output">Where its output goes.</param>
/// <param name="Error">Where its errors go.</param>
public sealed record PodCommand(
    string Namespace, string Pod, string Container, IReadOnlyList<string> Arguments, Stream Input, Stream Output, Stream Error);
