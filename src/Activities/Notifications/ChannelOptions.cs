namespace Orchestrator.Activities.Notifications;

/// <summary>A channel. Its secret is a reference to a file, never a value.</summary>
public sealed class ChannelOptions
{
    /// <summary>How it is spoken to. Must be given.</summary>
    public ChannelKind Kind { get; set; }

    /// <summary>
    /// The server: of <c>Webhook</c> its address, of <c>Email</c> its host. Default: null, the public address of Slack and PagerDuty.
    /// </summary>
    public string? Server { get; set; }

    /// <summary>A reference such as <c>file:/run/secrets/slack</c> to the secret of the kind. Default: null, none.</summary>
    public string? Secret { get; set; }

    /// <summary>Slack's channel, or the e-mail addresses, separated by commas. Default: null.</summary>
    public string? To { get; set; }

    /// <summary>The e-mail's sender. Default: null.</summary>
    public string? From { get; set; }

    /// <summary>The name to log in to the e-mail server with. Default: null, no login.</summary>
    public string? Username { get; set; }

    /// <summary>The e-mail server's port. Default: 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether e-mail needs STARTTLS. Default: true.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>The path of the file. Default: null.</summary>
    public string? Path { get; set; }
}
