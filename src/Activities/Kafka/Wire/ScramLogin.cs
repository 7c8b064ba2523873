using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>SCRAM (RFC 5802): the password does not go over the wire, and the broker has to prove that it knows it too.</summary>
internal sealed class ScramLogin(string mechanism, string username, string password) : SaslLogin(mechanism)
{
    private const string NoChannelBinding = "n,,";

    private readonly HashAlgorithmName _hash = mechanism.EndsWith(
        "256", StringComparison.Ordinal) ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
    private readonly string _first =
        $"n={username.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},"
        + $"r={Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";

    private byte[]? _expected;

    /// <inheritdoc/>
    public override byte[]? Next(byte[]? said)
    {
        if (said is null)
        {
            return Encoding.UTF8.GetBytes(NoChannelBinding + _first);
        }

        string text = Encoding.UTF8.GetString(said);
        if (_expected is null)
        {
            return Encoding.UTF8.GetBytes(Prove(text));
        }

        return Convert.FromBase64String(Field(text, 'v')).AsSpan().SequenceEqual(_expected)
            ? null
            : throw new WireException(ErrorCode.SaslAuthenticationFailed, "the broker cannot prove that it knows the password");
    }

    private string Prove(string challenge)
    {
        string nonce = Field(challenge, 'r');
        if (!nonce.StartsWith(Field(_first, 'r'), StringComparison.Ordinal))
        {
            throw new WireException(ErrorCode.SaslAuthenticationFailed, "the broker's answer belongs to another login");
        }

        int size = _hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes;
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password),
            Convert.FromBase64String(Field(challenge, 's')),
            int.Parse(Field(challenge, 'i'), CultureInfo.InvariantCulture),
            _hash,
            size);
        string last = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(NoChannelBinding))},r={nonce}";
        byte[] all = Encoding.UTF8.GetBytes($"{_first},{challenge},{last}");
        byte[] clientKey = Mac(salted, "Client Key"u8);
        byte[] signature = Mac(CryptographicOperations.HashData(_hash, clientKey), all);
        _expected = Mac(Mac(salted, "Server Key"u8), all);
        return $"{last},p={Convert.ToBase64String([.. clientKey.Zip(signature, (a, b) => (byte)(a ^ b))])}";
    }

    private byte[] Mac(byte[] key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(_hash, key, data);

    private static string Field(string message, char name) =>
        message.Split(',').FirstOrDefault(field => field.StartsWith($"{name}=", StringComparison.Ordinal))?[2..]
        ?? throw new WireException(ErrorCode.SaslAuthenticationFailed, $"the broker's message has no field {name}");
}
