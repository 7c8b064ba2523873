namespace Orchestrator.Worker.InProcess;

/// <summary>A live cluster cannot be read.</summary>
/// <param name="sentence">Why, in one sentence.</param>
/// <param name="cause">What failed.</param>
public sealed class LiveClusterException(string sentence, Exception cause) : Exception(sentence, cause);
