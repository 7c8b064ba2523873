namespace Orchestrator.Activities.Notifications;

/// <summary>How a channel is spoken to.</summary>
public enum ChannelKind
{
    /// <summary>Nothing is configured, which is a mistake.</summary>
    None,

    /// <summary>An incoming webhook of Slack; its address is the secret.</summary>
    SlackWebhook,

    /// <summary>Slack's Web API; the token is the secret.</summary>
    Slack,

    /// <summary>SMTP; the password is the secret, where there is a login.</summary>
    Email,

    /// <summary>PagerDuty Events v2; the routing key is the secret.</summary>
    PagerDuty,

    /// <summary>A webhook that is signed with HMAC-SHA256; the key is the secret.</summary>
    Webhook,

    /// <summary>Lines of JSON at the end of a file.</summary>
    File,

    /// <summary>The worker's log.</summary>
    Log,
}
