using System.Collections.Concurrent;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>One route that takes everything and remembers it, and one more that accepts nothing where the test says so.</summary>
public sealed class ScriptedChannels
{
    private const string Deaf = "deaf";

    private readonly ConcurrentQueue<NotificationEvent> _heard = new();

    /// <summary>Whether there is a route on which nobody accepts anything.</summary>
    public bool HasDeafRoute { get; set; }

    /// <summary>Called before somebody is told of an event and again once they are, before the worker learns of it.</summary>
    public Action<ScriptedWorld.Moment, string>? At { get; set; }

    /// <summary>What people were told, in order.</summary>
    public IReadOnlyList<NotificationEvent> Heard => [.. _heard];

    /// <summary>The same in short: type, severity, and whether it begins trouble (!) or ends it (.).</summary>
    public IReadOnlyList<string> Short =>
        [.. Heard.Select(notice => $"{notice.Type} {notice.Severity}{(notice.Incident is null ? "" : notice.IsOver ? " ." : " !")}")];

    [Activity("Notify")]
    public Task<NotifyResult> NotifyAsync(NotifyInput input)
    {
        List<NotificationDelivery> delivered = [];
        if (input.Without?.Contains("all") != true)
        {
            At?.Invoke(ScriptedWorld.Moment.Before, input.Notice.Type);
            _heard.Enqueue(input.Notice);
            At?.Invoke(ScriptedWorld.Moment.After, input.Notice.Type);
            delivered.Add(new("all", "chat", []));
        }

        if (HasDeafRoute && input.Without?.Contains(Deaf) != true)
        {
            delivered.Add(new(Deaf, null, ["mail answered 550."]));
        }

        return Task.FromResult(new NotifyResult(delivered));
    }
}
