namespace Orchestrator.Starter.Exits;

/// <summary>Ends a command with an exit code and one clear sentence for each thing that is wrong.</summary>
internal class SopException : Exception
{
    public SopException(int exitCode, string sentence, Exception? cause = null)
        : base(sentence, cause)
    {
        ExitCode = exitCode;
        Sentences = [sentence];
    }

    public SopException(int exitCode, IReadOnlyList<string> sentences)
        : base(string.Join(' ', sentences))
    {
        ExitCode = exitCode;
        Sentences = sentences;
    }

    /// <summary>One of <see cref="Exits.ExitCode"/>.</summary>
    public int ExitCode { get; }

    /// <summary>What is wrong, all of it.</summary>
    public IReadOnlyList<string> Sentences { get; }
}
