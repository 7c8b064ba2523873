using Microsoft.Extensions.Options;
using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Notifications;

/// <summary>Names the faulty key. It never repeats what may be a secret.</summary>
internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        List<string> mistakes =
        [
            .. options.Channels.SelectMany(channel => Mistakes(channel.Value)
                .Select(mistake => $"{NotificationOptions.Section}:Channels:{channel.Key}:{mistake}")),
            .. options.Routes.SelectMany(route => Mistakes(route.Value, options)
                .Select(mistake => $"{NotificationOptions.Section}:Routes:{route.Key}:{mistake}")),
        ];
        if (options.AcceptWithin <= TimeSpan.Zero || options.AcceptWithin > TimeSpan.FromHours(1))
        {
            mistakes.Add($"{NotificationOptions.Section}:AcceptWithin is {options.AcceptWithin}; give more than zero and 1 h at most.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(RouteOptions route, NotificationOptions options)
    {
        if (route.Channels.Count == 0)
        {
            yield return "Channels is empty; name the channels in the order in which they are tried.";
        }

        foreach (string channel in route.Channels.Where(channel => !options.Channels.ContainsKey(channel)))
        {
            yield return $"Channels has '{channel}'; the channels are {string.Join(", ", options.Channels.Keys)}.";
        }
    }

    private static IEnumerable<string> Mistakes(ChannelOptions channel)
    {
        if (channel.Kind == ChannelKind.None)
        {
            yield return $"Kind is missing; it is one of {string.Join(", ", Enum.GetNames<ChannelKind>().Skip(1))}.";
        }

        bool needsSecret = channel.Kind is ChannelKind.SlackWebhook or ChannelKind.Slack or ChannelKind.PagerDuty or ChannelKind.Webhook
            || channel.Username is not null;
        bool isReference = SecretReference.TryParse(channel.Secret, out SecretReference? reference) && reference.File is not null;
        if (channel.Secret is null ? needsSecret : !isReference)
        {
            yield return "Secret is not a reference to a file; write file:PATH or file:PATH#PROPERTY.";
        }

        if (channel.Kind == ChannelKind.Email && channel.Username is not null && !channel.Tls)
        {
            yield return "Tls is false, but a login would send the password in clear text.";
        }

        (string Key, string? Value)[] needed = channel.Kind switch
        {
            ChannelKind.Slack => [(nameof(channel.To), channel.To)],
            ChannelKind.Email =>
            [
                (nameof(channel.Server), channel.Server), (nameof(channel.From), channel.From), (nameof(channel.To), channel.To),
            ],
            ChannelKind.Webhook => [(nameof(channel.Server), channel.Server)],
            ChannelKind.File => [(nameof(channel.Path), channel.Path)],
            _ => [],
        };
        foreach ((string key, _) in needed.Where(field => string.IsNullOrWhiteSpace(field.Value)))
        {
            yield return $"{key} is missing; {channel.Kind} needs it.";
        }

        if (channel.Kind != ChannelKind.Email && channel.Server is { } server
            && !(Uri.TryCreate(server, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
        {
            yield return "Server must begin with http:// or https://.";
        }
    }
}
