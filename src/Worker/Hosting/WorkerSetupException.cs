namespace Orchestrator.Worker.Hosting;

/// <summary>The worker is not set up right; the message is one sentence that says what to change.</summary>
internal sealed class WorkerSetupException(string sentence, Exception? cause = null) : Exception(sentence, cause);
