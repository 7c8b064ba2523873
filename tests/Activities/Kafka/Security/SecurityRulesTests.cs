using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;

namespace Orchestrator.Activities.Tests.Kafka.Security;

public sealed class SecurityRulesTests
{
    private const string Reference = "secret:client/value";

    [Theory]
    [InlineData("PLAINTEXT")]
    [InlineData("SSL", "CertificateAuthority")]
    [InlineData("SSL", "Certificate", "PrivateKey", "PrivateKeyPassword")]
    [InlineData("SASL_PLAINTEXT PLAIN", "Username", "Password")]
    [InlineData("SASL_SSL SCRAM-SHA-256", "Username", "Password")]
    [InlineData("sasl_ssl scram-sha-512", "Username", "Password")]
    [InlineData("SASL_SSL OAUTHBEARER", "Token")]
    public void Settings_OfEachKind_AreTaken(string kind, params string[] fields) => Assert.Empty(Mistakes(kind, Reference, fields));

    [Theory]
    [InlineData("TLS", "Protocol", "is 'TLS'; it must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL.")]
    [InlineData("SASL_SSL", "Mechanism", "is ''; it must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER.")]
    [InlineData("SASL_SSL GSSAPI", "Mechanism", "is 'GSSAPI'; it must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER.")]
    [InlineData("SSL PLAIN", "Mechanism", "is 'PLAIN', but the protocol SSL has no SASL mechanism.")]
    [InlineData("SASL_SSL PLAIN", "Password", "is missing: SASL_SSL with PLAIN needs it.", "Username")]
    [InlineData("SASL_SSL OAUTHBEARER", "Token", "is missing: SASL_SSL with OAUTHBEARER needs it.")]
    [InlineData("SSL", "PrivateKey", "is missing: SSL needs it.", "Certificate")]
    public void Settings_ThatCannotWork_SayWhatIsWrongWhere(string kind, string field, string what, params string[] fields)
    {
        string mistake = Assert.Single(Mistakes(kind, Reference, fields));

        Assert.StartsWith($"Orchestrator:Clusters:lab:KafkaSecurity:{field} ", mistake, StringComparison.Ordinal);
        Assert.EndsWith($") {what}", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WithAValueInThePlaceOfAReference_AreRefusedWithoutRepeatingIt()
    {
        string mistake = Assert.Single(Mistakes("SASL_SSL OAUTHBEARER", "eyJ-a-token", ["Token"]));

        Assert.Contains("KafkaSecurity:Token", mistake, StringComparison.Ordinal);
        Assert.Contains("is not a valid reference to a secret; write secret:NAME/KEY", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ-a-token", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password is missing; give both.", "Username")]
    [InlineData("Token and Username are both given; a server accepts only one of them.", "Token", "Username", "Password")]
    public void Jolokia_SettingsThatCannotWork_SayWhatIsWrong(string sentence, params string[] fields)
    {
        ClusterOptions cluster = new();
        Array.ForEach(fields, field => cluster.JolokiaSecurity.GetType().GetProperty(field)!.SetValue(cluster.JolokiaSecurity, Reference));

        string mistake = Assert.Single(Validate(cluster));

        Assert.StartsWith($"Orchestrator:Clusters:lab:JolokiaSecurity:{sentence.Split(' ')[0]} ", mistake, StringComparison.Ordinal);
        Assert.EndsWith(sentence[sentence.IndexOf(' ', StringComparison.Ordinal)..], mistake, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Mistakes(string kind, string reference, string[] fields)
    {
        string[] parts = kind.Split(' ');
        ClusterOptions cluster = new() { KafkaSecurity = new() { Protocol = parts[0], Mechanism = parts.ElementAtOrDefault(1) } };
        Array.ForEach(fields, field => cluster.KafkaSecurity.GetType().GetProperty(field)!.SetValue(cluster.KafkaSecurity, reference));
        return Validate(cluster);
    }

    private static IEnumerable<string> Validate(ClusterOptions cluster)
    {
        InventoryOptions options = new();
        options.Clusters["lab"] = cluster;
        ValidateOptionsResult result = new InventoryOptionsValidator().Validate(null, options);
        return result.Failures ?? [];
    }
}
