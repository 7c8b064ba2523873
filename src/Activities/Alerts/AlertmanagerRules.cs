using System.Text.RegularExpressions;
using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Alerts;

/// <summary>Checks what a cluster says of its Alertmanager. Pure. It never repeats what may be a password.</summary>
internal static partial class AlertmanagerRules
{
    /// <summary>Every mistake: the field, and what is wrong with it.</summary>
    public static IEnumerable<(string Field, string What)> Mistakes(AlertmanagerOptions options)
    {
        if (UrlMistake(options.Url) is { } mistake)
        {
            yield return (nameof(options.Url), mistake);
        }

        // They become part of a regular expression of the server.
        foreach (string severity in options.Severities?.Where(severity => !Severity().IsMatch(severity)) ?? [])
        {
            yield return (nameof(options.Severities), $"has '{severity}'; a severity may only have letters, digits, '_' and '-'.");
        }

        if (options.ClusterLabel is { } label && !LabelName().IsMatch(label))
        {
            yield return (nameof(options.ClusterLabel), $"is '{label}', which is not a valid label name.");
        }

        if (options.ClusterLabel is null && options.ClusterLabelValue is not null)
        {
            yield return (nameof(options.ClusterLabel), "is missing: ClusterLabelValue needs the label that it is the value of.");
        }

        foreach ((string Field, string What) access in HttpSecurityRules.Mistakes(options))
        {
            yield return access;
        }
    }

    private static string? UrlMistake(string? url) =>
        url is null or AlertmanagerOptions.None ? null
        : url.Contains('@', StringComparison.Ordinal) ? "contains a login; use Username and Password for that."
        : Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? null
        : $"is '{url}'; it must begin with http:// or https://, or be {AlertmanagerOptions.None}.";

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Severity();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex LabelName();
}
