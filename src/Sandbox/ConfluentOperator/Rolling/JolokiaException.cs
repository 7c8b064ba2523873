namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>A value of a pod cannot be read; the text names the pod and what was asked.</summary>
public sealed class JolokiaException(string message, Exception? inner = null) : Exception(message, inner);
