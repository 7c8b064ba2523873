using System.Text;
using Confluent.Kafka;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>A client's side of a SASL login.</summary>
/// <param name="mechanism">Its name.</param>
internal abstract class SaslLogin(string mechanism)
{
    /// <summary>Its name.</summary>
    public string Mechanism => mechanism;

    /// <summary>The login that credentials ask for.</summary>
    public static SaslLogin With(KafkaCredentials credentials) => credentials.Mechanism switch
    {
        SaslMechanism.Plain => new OneMessage("PLAIN", $"\0{credentials.Username}\0{credentials.Password}"),
        SaslMechanism.OAuthBearer => new OneMessage("OAUTHBEARER", $"n,,\u0001auth=Bearer {credentials.Token}\u0001\u0001"),
        SaslMechanism.ScramSha256 => new ScramLogin("SCRAM-SHA-256", credentials.Username!, credentials.Password!),
        SaslMechanism.ScramSha512 => new ScramLogin("SCRAM-SHA-512", credentials.Username!, credentials.Password!),
        var other => throw new NotSupportedException($"The mechanism {other} is not supported."),
    };

    /// <summary>The next message, after what the broker said last (null: nothing yet); null when the login is over.</summary>
    /// <exception cref="WireException">The broker is not who it should be.</exception>
    public abstract byte[]? Next(byte[]? said);

    private sealed class OneMessage(string mechanism, string message) : SaslLogin(mechanism)
    {
        // A broker that refuses a token says why first, and fails the login once that was acknowledged.
        public override byte[]? Next(byte[]? said) => said is null ? Encoding.UTF8.GetBytes(message) : said.Length > 0 ? [1] : null;
    }
}
