using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>The resolved security settings of a Kafka client. They live for one call, and have no text form.</summary>
public sealed class KafkaCredentials
{
    private const string Redacted = "(redacted)";

    internal SecurityProtocol Protocol { get; init; } = SecurityProtocol.Plaintext;

    internal SaslMechanism? Mechanism { get; init; }

    internal string? Username { get; init; }

    internal string? Password { get; init; }

    internal string? Token { get; init; }

    internal string? CertificateAuthority { get; init; }

    internal string? Certificate { get; init; }

    internal string? PrivateKey { get; init; }

    internal string? PrivateKeyPassword { get; init; }

    /// <summary>Protocol and mechanism.</summary>
    public override string ToString() => Mechanism is null ? $"{Protocol}" : $"{Protocol} {Mechanism}";

    internal void ApplyTo(ClientConfig config)
    {
        config.SecurityProtocol = Protocol;
        config.SaslMechanism = Mechanism;
        config.SaslUsername = Username;
        config.SaslPassword = Password;
        config.SslCaPem = CertificateAuthority;
        config.SslCertificatePem = Certificate;
        config.SslKeyPem = PrivateKey;
        config.SslKeyPassword = PrivateKeyPassword;
    }

    /// <summary>Gives the token to a client that asks for one.</summary>
    internal void GiveToken(IClient client)
    {
        try
        {
            OAuthToken token = OAuthToken.Read(Token!);
            client.OAuthBearerSetToken(Token!, token.ExpiresAt.ToUnixTimeMilliseconds(), token.Principal);
        }
        catch (Exception e) when (e is FormatException or KafkaException)
        {
            client.OAuthBearerSetTokenFailure(Redact(e.Message));
        }
    }

    /// <summary>A text of the client's library without any of the values: it repeats settings that it does not understand.</summary>
    internal string Redact(string text)
    {
        foreach (string? value in (string?[])[Password, Token, PrivateKey, PrivateKeyPassword])
        {
            text = value is null ? text : text.Replace(value, Redacted, StringComparison.Ordinal);
        }

        return text;
    }
}
