using Confluent.Kafka;
using Orchestrator.Activities.Secrets;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>
/// Checks what a cluster says of Kafka's security. Pure. It never repeats the content of a field for a reference: it may be a value.
/// </summary>
internal static class KafkaSecurityRules
{
    private static readonly Dictionary<string, SecurityProtocol> Protocols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PLAINTEXT"] = SecurityProtocol.Plaintext,
        ["SSL"] = SecurityProtocol.Ssl,
        ["SASL_PLAINTEXT"] = SecurityProtocol.SaslPlaintext,
        ["SASL_SSL"] = SecurityProtocol.SaslSsl,
    };

    private static readonly Dictionary<string, SaslMechanism> Mechanisms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PLAIN"] = SaslMechanism.Plain,
        ["SCRAM-SHA-256"] = SaslMechanism.ScramSha256,
        ["SCRAM-SHA-512"] = SaslMechanism.ScramSha512,
        ["OAUTHBEARER"] = SaslMechanism.OAuthBearer,
    };

    public static SecurityProtocol Protocol(KafkaSecurityOptions options) => Protocols[options.Protocol];

    /// <summary>The mechanism; null without SASL.</summary>
    public static SaslMechanism? Mechanism(KafkaSecurityOptions options) =>
        options.Mechanism is { } mechanism && Protocol(
            options) is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl ? Mechanisms[mechanism] : null;

    /// <summary>Every mistake: the field, and what is wrong with it.</summary>
    public static IEnumerable<(string Field, string What)> Mistakes(KafkaSecurityOptions options)
    {
        if (!Protocols.TryGetValue(options.Protocol, out SecurityProtocol protocol))
        {
            yield return (nameof(options.Protocol), $"is '{options.Protocol}'; it must be one of {string.Join(", ", Protocols.Keys)}.");
            yield break;
        }

        bool sasl = protocol is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;
        if (sasl != options.Mechanism is not null || (options.Mechanism is { } mechanism && !Mechanisms.ContainsKey(mechanism)))
        {
            yield return (
                nameof(options.Mechanism),
                sasl
                    ? $"is '{options.Mechanism}'; it must be one of {string.Join(", ", Mechanisms.Keys)}."
                    : $"is '{options.Mechanism}', but the protocol {options.Protocol} has no SASL mechanism.");
            yield break;
        }

        foreach ((string field, string? reference) in References(options))
        {
            if (reference is not null && !SecretReference.TryParse(reference, out _))
            {
                yield return (field, $"is not a valid reference to a secret; write {SecretReference.Form}.");
            }
        }

        foreach (string missing in Missing(options, Mechanism(options)))
        {
            yield return (
                missing,
                $"is missing: {options.Protocol}{(options.Mechanism is null ? "" : $" with {options.Mechanism}")} needs it.");
        }
    }

    private static IEnumerable<string> Missing(KafkaSecurityOptions options, SaslMechanism? mechanism)
    {
        bool password = mechanism is not null and not SaslMechanism.OAuthBearer;
        (string Field, string? Value, bool Needed)[] rows =
        [
            (nameof(options.Username), options.Username, password),
            (nameof(options.Password), options.Password, password),
            (nameof(options.Token), options.Token, mechanism is SaslMechanism.OAuthBearer),
            (nameof(options.PrivateKey), options.PrivateKey, options.Certificate is not null),
            (nameof(options.Certificate), options.Certificate, options.PrivateKey is not null),
        ];
        return rows.Where(row => row.Needed && row.Value is null).Select(row => row.Field);
    }

    private static IEnumerable<(string Field, string? Reference)> References(KafkaSecurityOptions options) =>
    [
        (nameof(options.Username), options.Username),
        (nameof(options.Password), options.Password),
        (nameof(options.Token), options.Token),
        (nameof(options.CertificateAuthority), options.CertificateAuthority),
        (nameof(options.Certificate), options.Certificate),
        (nameof(options.PrivateKey), options.PrivateKey),
        (nameof(options.PrivateKeyPassword), options.PrivateKeyPassword),
    ];
}
