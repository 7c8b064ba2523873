using System.Text.Json.Nodes;
using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Activities.Notifications;

/// <summary>A notice in words and as JSON. Pure.</summary>
internal static class NotificationText
{
    public static string Plain(NotificationEvent notice) => string.Join('\n', Lines(notice));

    public static JsonObject Json(NotificationEvent notice) => new()
    {
        ["type"] = notice.Type,
        ["severity"] = $"{notice.Severity}",
        ["dedupeKey"] = notice.DedupeKey,
        ["title"] = notice.Title,
        ["sentence"] = notice.Sentence,
        ["team"] = notice.Team,
        ["target"] = notice.Target,
        ["changeId"] = notice.ChangeId,
        ["link"] = notice.Link,
    };

    private static IEnumerable<string> Lines(NotificationEvent notice)
    {
        yield return notice.Title;
        yield return notice.Sentence;
        if (notice.ChangeId is { } change)
        {
            yield return $"Change: {change}";
        }

        if (notice.Target is { } target)
        {
            yield return $"Target: {target}";
        }

        if (notice.Link is { } link)
        {
            yield return link;
        }
    }
}
