using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Kafka.Sandbox;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>Checks the section <c>Orchestrator</c>: all mistakes at once, each with its key.</summary>
internal sealed class InventoryOptionsValidator : IValidateOptions<InventoryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InventoryOptions options)
    {
        List<string> mistakes = [.. Profile(options), .. Ticket(options), .. Clusters(options), .. Tiers(options)];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Profile(InventoryOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Profile))
        {
            yield return Mistake("Profile", "is empty; omit it for the profile laptop.");
        }
    }

    private static (string Field, TimeSpan? Value)[] Durations(TierOptions tier) =>
        [
            (nameof(tier.ValidFor), tier.ValidFor),
            (nameof(tier.PauseLimit), tier.PauseLimit),
            (nameof(tier.SoakFor), tier.SoakFor),
            (nameof(tier.UndoWithin), tier.UndoWithin),
        ];

    private static IEnumerable<string> Ticket(InventoryOptions options)
    {
        if (options.TicketPattern is { } pattern && Fault(pattern) is { } fault)
        {
            yield return Mistake("TicketPattern", $"is not a valid regular expression: {fault}");
        }
    }

    private static string? Fault(string pattern)
    {
        try
        {
            _ = new Regex($"(?:{pattern})", RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Clusters(InventoryOptions options)
    {
        foreach ((string name, ClusterOptions cluster) in options.Clusters)
        {
            if (cluster.JolokiaPort is < 1 or > 65535)
            {
                yield return Mistake($"Clusters:{name}:JolokiaPort", $"is {cluster.JolokiaPort}; it must be a port from 1 to 65535.");
            }

            foreach (string what in Bootstrap(cluster.KafkaBootstrapServers, options.Profile))
            {
                yield return Mistake($"Clusters:{name}:KafkaBootstrapServers", what);
            }

            foreach ((string field, string what) in KafkaSecurityRules.Mistakes(cluster.KafkaSecurity))
            {
                yield return Mistake($"Clusters:{name}:KafkaSecurity:{field}", what);
            }

            foreach ((string field, string what) in AlertmanagerRules.Mistakes(cluster.Alertmanager))
            {
                yield return Mistake($"Clusters:{name}:Alertmanager:{field}", what);
            }

            foreach ((string field, string what) in HttpSecurityRules.Mistakes(cluster.JolokiaSecurity))
            {
                yield return Mistake($"Clusters:{name}:JolokiaSecurity:{field}", what);
            }
        }
    }

    private static IEnumerable<string> Bootstrap(string? servers, string profile) =>
        servers is null ? []
        : SandboxAddress.IsMeant(servers) ? SandboxAddress.Mistake(servers, profile) is { } mistake ? [$"{mistake}."] : []
        : servers.Split(',')
            .Where(server => server.LastIndexOf(':') < 1 || !ushort.TryParse(server.AsSpan(server.LastIndexOf(':') + 1), out _))
            .Select(server => $"has '{server}', which is not host:port.");

    private static IEnumerable<string> Tiers(InventoryOptions options)
    {
        foreach ((string name, TierOptions tier) in options.Tiers)
        {
            if (!Enum.TryParse(name, ignoreCase: true, out ChangeTier _))
            {
                yield return Mistake($"Tiers:{name}", $"is not a tier; the tiers are {string.Join(", ", Enum.GetNames<ChangeTier>())}.");
            }

            if (tier.DecideWithin <= TimeSpan.Zero)
            {
                yield return Mistake($"Tiers:{name}:DecideWithin", $"is {tier.DecideWithin}; it must be above 0.");
            }

            foreach ((string field, TimeSpan? value) in Durations(tier).Where(row => row.Value < TimeSpan.Zero))
            {
                yield return Mistake($"Tiers:{name}:{field}", $"is {value}; it must not be below 0.");
            }

            foreach ((string role, int count) in tier.Approvals)
            {
                foreach (string what in Approvals(options, role, count))
                {
                    yield return Mistake($"Tiers:{name}:Approvals:{role}", what);
                }
            }
        }
    }

    private static IEnumerable<string> Approvals(InventoryOptions options, string role, int count)
    {
        if (count is < 0 or > 10)
        {
            yield return $"is {count}; it must be a number of people from 0 to 10.";
        }

        int people = options.Roles.GetValueOrDefault(role)?.Distinct(Actor.Comparer).Count() ?? 0;
        if (people < count && !(options.EverybodyIs ?? [PolicyReading.Peer]).Contains(role))
        {
            yield return $"needs {count} people with the role {role}, but {people} have it: add people to Orchestrator:Roles:{role}.";
        }
    }

    private static string Mistake(string key, string what) =>
        $"{InventoryOptions.Section}:{key} "
        + $"(variable ORCHESTRATOR__{key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}) {what}";
}
