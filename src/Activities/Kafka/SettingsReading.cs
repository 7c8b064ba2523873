namespace Orchestrator.Activities.Kafka;

/// <summary>The effective settings of one broker or topic.</summary>
/// <param name="Subject"><c>broker 1</c> or <c>topic orders</c>.</param>
/// <param name="Settings">All of them, by name.</param>
public sealed record SettingsReading(string Subject, IReadOnlyList<SettingReading> Settings)
{
    /// <summary>The settings that somebody has set, in a file or while it runs.</summary>
    public IEnumerable<SettingReading> Set => Settings.Where(setting => setting.Origin != SettingOrigin.Default);
}
