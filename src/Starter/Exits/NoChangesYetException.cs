namespace Orchestrator.Starter.Exits;

/// <summary>
/// The server has never seen a worker of ours, so it knows nothing that changes are known by. A list of changes is empty then.
/// </summary>
internal sealed class NoChangesYetException(string sentence, Exception cause) : SopException(Exits.ExitCode.Usage, sentence, cause);
