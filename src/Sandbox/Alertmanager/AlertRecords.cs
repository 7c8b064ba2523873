namespace Orchestrator.Sandbox.Alertmanager;

// The records of version 2 of Alertmanager's API, under its names.

internal sealed record PostedAlert(
    Dictionary<string, string>? Labels,
    Dictionary<string, string>? Annotations,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    string? GeneratorURL);

internal sealed record ShownAlert(
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset EndsAt,
    string Fingerprint,
    IReadOnlyList<Receiver> Receivers,
    DateTimeOffset StartsAt,
    ShownAlertStatus Status,
    DateTimeOffset UpdatedAt,
    string? GeneratorURL,
    IReadOnlyDictionary<string, string> Labels);

internal sealed record ShownAlertStatus(IReadOnlyList<string> InhibitedBy, IReadOnlyList<string> SilencedBy, string State);

internal sealed record Receiver(string Name);

internal sealed record SilenceMatcher(bool? IsEqual, bool? IsRegex, string? Name, string? Value);

internal sealed record PostedSilence(
    string? Id,
    IReadOnlyList<SilenceMatcher>? Matchers,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    string? CreatedBy,
    string? Comment);

internal sealed record ShownSilence(
    string Id,
    SilenceStatus Status,
    DateTimeOffset UpdatedAt,
    string Comment,
    string CreatedBy,
    DateTimeOffset EndsAt,
    IReadOnlyList<SilenceMatcher> Matchers,
    DateTimeOffset StartsAt);

internal sealed record SilenceStatus(string State);

internal sealed record SilenceAnswer(string SilenceID);

internal sealed record InvalidBody(int Code, string Message);
