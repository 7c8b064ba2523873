namespace Orchestrator.Activities.Notifications;

/// <summary>Who is told of what, and how.</summary>
public sealed class NotificationOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "Orchestrator:Notifications";

    /// <summary>How long a channel has to accept a notice before the next one is tried. Default: 2 minutes.</summary>
    public TimeSpan AcceptWithin { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The channels by name. Default: none.</summary>
    public IDictionary<string, ChannelOptions> Channels { get; } = new Dictionary<string, ChannelOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The routes by name. Default: none, nobody is told.</summary>
    public IDictionary<string, RouteOptions> Routes { get; } = new Dictionary<string, RouteOptions>(StringComparer.OrdinalIgnoreCase);
}
