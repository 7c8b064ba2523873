namespace Orchestrator.Store;

/// <summary>Where evidence is kept: section <c>Orchestrator:Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator:Evidence";

    /// <summary>
    /// The folder; each change gets one of its own in it, and in that each of its runs. Default: <c>orchestrator/evidence</c> under
    /// <c>XDG_STATE_HOME</c>, else under <c>~/.local/state</c>.
    /// </summary>
    public string Folder { get; set; } = Path.Combine(StateHome, "orchestrator", "evidence");

    private static string StateHome => Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
