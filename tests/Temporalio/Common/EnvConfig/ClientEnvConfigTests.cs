using System.Text;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;

namespace Temporalio.Tests.Common.EnvConfig;

public sealed class ClientEnvConfigTests
{
    private const string File = """
        [profile.default]
        address = "default:7233"

        [profile.prod]
        address = "prod:7233"
        namespace = "ops"
        api_key = "file-key"
        codec = { endpoint = "https://codec" }

        [profile.prod.tls]
        server_name = "temporal.prod"
        client_cert_data = "CERT"
        client_key_data = "KEY"

        [profile.prod.grpc_meta]
        Team_Name = "sre"
        other = "x"
        """;

    [Fact]
    public void Profile_ThatIsNamed_BecomesClientOptions()
    {
        TemporalClientConnectOptions options = Load("prod");

        Assert.Equal(("prod:7233", "ops", "file-key", "temporal.prod"), (options.TargetHost, options.Namespace, options.ApiKey, options.Tls!.Domain));
        Assert.Equal(("CERT", "KEY"), (Encoding.UTF8.GetString(options.Tls.ClientCert!), Encoding.UTF8.GetString(options.Tls.ClientPrivateKey!)));
        Assert.Equal([new("other", "x"), new("team-name", "sre")], options.RpcMetadata!.OrderBy(header => header.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Profile_ThatIsNotNamed_IsTheDefaultOne()
    {
        TemporalClientConnectOptions options = Load(null);

        Assert.Equal(("default:7233", "default", null, null), (options.TargetHost, options.Namespace, options.ApiKey, options.Tls));
    }

    [Fact]
    public void Variables_OverTheFile_Win()
    {
        TemporalClientConnectOptions options = Load(
            null,
            ("TEMPORAL_PROFILE", "prod"),
            ("TEMPORAL_ADDRESS", "env:7233"),
            ("TEMPORAL_NAMESPACE", "env-ns"),
            ("TEMPORAL_API_KEY", "env-key"),
            ("TEMPORAL_TLS_SERVER_NAME", "env.name"),
            ("TEMPORAL_TLS_CLIENT_CERT_DATA", "ENV CERT"),
            ("TEMPORAL_GRPC_META_TEAM_NAME", "env-team"),
            ("TEMPORAL_GRPC_META_OTHER", string.Empty));

        Assert.Equal(("env:7233", "env-ns", "env-key", "env.name"), (options.TargetHost, options.Namespace, options.ApiKey, options.Tls!.Domain));
        Assert.Equal(("ENV CERT", "KEY"), (Encoding.UTF8.GetString(options.Tls.ClientCert!), Encoding.UTF8.GetString(options.Tls.ClientPrivateKey!)));
        Assert.Equal([new KeyValuePair<string, string>("team-name", "env-team")], options.RpcMetadata!);
    }

    [Fact]
    public void Variables_WithoutAFile_AreEnough()
    {
        TemporalClientConnectOptions options = ClientEnvConfig.LoadClientConnectOptions(new()
        {
            OverrideEnvVars = new Dictionary<string, string>
            {
                ["TEMPORAL_CONFIG_FILE"] = "/no/such/temporal.toml",
                ["TEMPORAL_ADDRESS"] = "env:7233",
                ["TEMPORAL_TLS"] = "true",
            },
        });

        Assert.Equal(("env:7233", false), (options.TargetHost, options.Tls!.Disabled));
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("0", true)]
    [InlineData("true", false)]
    [InlineData("1", false)]
    public void ApiKey_WithTlsSwitched_KeepsTheSwitch(string tls, bool disabled) =>
        Assert.Equal(disabled, Load(null, ("TEMPORAL_API_KEY", "key"), ("TEMPORAL_TLS", tls)).Tls!.Disabled);

    [Fact]
    public void ApiKey_Alone_TurnsTlsOn() => Assert.False(Load(null, ("TEMPORAL_API_KEY", "key")).Tls!.Disabled);

    [Fact]
    public void File_NamedByAVariable_IsRead()
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(path, File);

            TemporalClientConnectOptions options = ClientEnvConfig.LoadClientConnectOptions(
                new() { Profile = "prod", OverrideEnvVars = new Dictionary<string, string> { ["TEMPORAL_CONFIG_FILE"] = path } });

            Assert.Equal("prod:7233", options.TargetHost);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void Disabled_FileOrVariables_AreLeftOut()
    {
        Dictionary<string, string> variables = new() { ["TEMPORAL_NAMESPACE"] = "env-ns", ["TEMPORAL_PROFILE"] = "prod" };

        TemporalClientConnectOptions withoutFile = ClientEnvConfig.LoadClientConnectOptions(
            new() { ConfigSource = DataSource.FromUTF8String(File), OverrideEnvVars = variables, DisableFile = true });
        TemporalClientConnectOptions withoutVariables = ClientEnvConfig.LoadClientConnectOptions(
            new() { ConfigSource = DataSource.FromUTF8String(File), OverrideEnvVars = variables, DisableEnv = true });

        Assert.Equal((null, "env-ns"), (withoutFile.TargetHost, withoutFile.Namespace));
        Assert.Equal(("default:7233", "default"), (withoutVariables.TargetHost, withoutVariables.Namespace));
    }

    [Fact]
    public void AllProfiles_Loaded_AreThereByName() => Assert.Equal(
        ["default", "prod"],
        ClientEnvConfig.Load(new() { ConfigSource = DataSource.FromUTF8String(File) }).Profiles.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("TEMPORAL_PROFILE", "test", "There is no profile 'test' in the configuration; there are: default, prod.")]
    [InlineData("TEMPORAL_TLS", "yes", "TEMPORAL_TLS is 'yes', which is neither true nor false.")]
    public void Variable_ThatIsNotValid_IsNamed(string name, string value, string problem) =>
        Assert.Equal(problem, Assert.Throws<InvalidOperationException>(() => Load(null, (name, value))).Message);

    [Fact]
    public void Certificate_AsPathAndData_IsRefused() => Assert.Equal(
        "TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_CERT_DATA are both set; one of them must be enough.",
        Assert.Throws<InvalidOperationException>(
            () => Load(null, ("TEMPORAL_TLS_CLIENT_CERT_PATH", "a"), ("TEMPORAL_TLS_CLIENT_CERT_DATA", "b"))).Message);

    [Theory]
    [InlineData("[profile.default]\naddres = 'x'", "unknown keys: profile.default.addres")]
    [InlineData("other = 1", "unknown keys: other")]
    [InlineData("[profile.default]\naddress = 1", "profile.default.address is not text")]
    [InlineData("[profile.default.tls]\ndisabled = 'no'", "profile.default.tls.disabled is neither true nor false")]
    [InlineData("[profile.default.tls]\nclient_key_path = 'a'\nclient_key_data = 'b'", "profile.default.tls: client_key_path and client_key_data are both set")]
    [InlineData("[profile", "line 1: ']' is missing")]
    public void File_ThatIsNotValid_IsRefusedWithTheKey(string toml, string problem)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => ClientEnvConfig.LoadClientConnectOptions(
            new() { ConfigSource = DataSource.FromUTF8String(toml), ConfigFileStrict = true, OverrideEnvVars = new Dictionary<string, string>() }));

        Assert.Equal($"The configuration given as text is not valid: {problem}", error.Message);
    }

    [Fact]
    public void UnknownKeys_WhereNotStrict_AreLeftOut()
    {
        TemporalClientConnectOptions options = ClientEnvConfig.LoadClientConnectOptions(new()
        {
            ConfigSource = DataSource.FromUTF8String("[profile.default]\naddress = 'a:1'\nlater = 1"),
            OverrideEnvVars = new Dictionary<string, string>(),
        });

        Assert.Equal("a:1", options.TargetHost);
    }

    private static TemporalClientConnectOptions Load(string? profile, params (string Name, string Value)[] variables) =>
        ClientEnvConfig.LoadClientConnectOptions(new()
        {
            ConfigSource = DataSource.FromUTF8String(File),
            Profile = profile,
            OverrideEnvVars = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        });
}
