using Temporalio.Client;

namespace Temporalio.Common.EnvConfig;

/// <summary>
/// Client configuration that all Temporal tools share: profiles in a TOML file, overridden by environment variables.
/// </summary>
/// <param name="Profiles">The profiles by name.</param>
public sealed record ClientEnvConfig(IReadOnlyDictionary<string, ClientEnvConfig.Profile> Profiles)
{
    /// <summary>Loads all profiles of the file; environment variables change none of them.</summary>
    /// <exception cref="InvalidOperationException">The file is not valid.</exception>
    public static ClientEnvConfig Load(ConfigLoadOptions? options = null)
    {
        options ??= new();
        return new(ProfileFile.Load(options.ConfigSource, options.ConfigFileStrict, new(options.OverrideEnvVars)));
    }

    /// <summary>Loads a profile as options for <see cref="TemporalClient.ConnectAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The file or a variable is not valid, or the named profile is not there.</exception>
    public static TemporalClientConnectOptions LoadClientConnectOptions(ProfileLoadOptions? options = null) =>
        EnvConfig.ClientEnvConfig.Profile.Load(options).ToClientConnectionOptions();

    /// <summary>What a client is connected with. What is null is not configured.</summary>
    /// <param name="Address">The server, <c>host:port</c>.</param>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="ApiKey">The API key; turns TLS on.</param>
    /// <param name="Tls">TLS.</param>
    /// <param name="GrpcMeta">Headers of all calls.</param>
    public sealed record Profile(
        string? Address = null,
        string? Namespace = null,
        string? ApiKey = null,
        Tls? Tls = null,
        IReadOnlyDictionary<string, string>? GrpcMeta = null)
    {
        /// <summary>Loads a profile and applies the environment variables.</summary>
        /// <exception cref="InvalidOperationException">The file or a variable is not valid, or the named profile is not there.</exception>
        public static Profile Load(ProfileLoadOptions? options = null) => ProfileLoader.Load(options ?? new());

        /// <summary>The profile as options of a client.</summary>
        public TemporalClientConnectOptions ToClientConnectionOptions()
        {
            TemporalClientConnectOptions options = new()
            {
                TargetHost = Address,
                ApiKey = ApiKey,
                Tls = Tls?.ToTlsOptions() ?? (ApiKey is null ? null : new()),
                RpcMetadata = GrpcMeta is null ? null : [.. GrpcMeta],
            };
            options.Namespace = Namespace ?? options.Namespace;
            return options;
        }
    }

    /// <summary>TLS of a profile. What is null is not configured.</summary>
    /// <param name="Disabled">Whether TLS is off even with an API key.</param>
    /// <param name="ServerName">The name that the server's certificate must be for.</param>
    /// <param name="ServerRootCACert">The certificates that the server's must be signed by.</param>
    /// <param name="ClientCert">The client's certificate.</param>
    /// <param name="ClientPrivateKey">The private key of the client's certificate.</param>
    public sealed record Tls(
        bool? Disabled = null,
        string? ServerName = null,
        DataSource? ServerRootCACert = null,
        DataSource? ClientCert = null,
        DataSource? ClientPrivateKey = null)
    {
        /// <summary>The TLS options, with all files read.</summary>
        /// <exception cref="IOException">A file cannot be read.</exception>
        public TlsOptions ToTlsOptions() => Disabled == true
            ? new() { Disabled = true }
            : new()
            {
                Domain = ServerName,
                ServerRootCACert = ServerRootCACert?.GetBytes(),
                ClientCert = ClientCert?.GetBytes(),
                ClientPrivateKey = ClientPrivateKey?.GetBytes(),
            };
    }

    /// <summary>How a profile is loaded.</summary>
    public class ProfileLoadOptions : ICloneable
    {
        /// <summary>Whether keys that are not known are an error. Default false.</summary>
        public bool ConfigFileStrict { get; set; }

        /// <summary>
        /// The configuration. Default null: the file that <c>TEMPORAL_CONFIG_FILE</c> names, or <c>temporalio/temporal.toml</c> in the
        /// user's folder for configuration. A file that is not there counts as empty.
        /// </summary>
        public DataSource? ConfigSource { get; set; }

        /// <summary>Whether environment variables are left out. Default false.</summary>
        public bool DisableEnv { get; set; }

        /// <summary>Whether the file is left out. Default false.</summary>
        public bool DisableFile { get; set; }

        /// <summary>Environment variables in place of those of the process. Default null: those of the process.</summary>
        public IReadOnlyDictionary<string, string>? OverrideEnvVars { get; set; }

        /// <summary>The profile. Default null: the one that <c>TEMPORAL_PROFILE</c> names, or <c>default</c>, which need not be there.</summary>
        public string? Profile { get; set; }

        /// <summary>A shallow copy.</summary>
        public virtual object Clone() => MemberwiseClone();
    }

    /// <summary>How all profiles are loaded.</summary>
    public class ConfigLoadOptions : ICloneable
    {
        /// <summary>Whether keys that are not known are an error. Default false.</summary>
        public bool ConfigFileStrict { get; set; }

        /// <summary>The configuration. Default null: see <see cref="ProfileLoadOptions.ConfigSource"/>.</summary>
        public DataSource? ConfigSource { get; set; }

        /// <summary>Environment variables in place of those of the process. Default null: those of the process.</summary>
        public IReadOnlyDictionary<string, string>? OverrideEnvVars { get; set; }

        /// <summary>A shallow copy.</summary>
        public virtual object Clone() => MemberwiseClone();
    }
}
