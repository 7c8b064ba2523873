using Profile = Temporalio.Common.EnvConfig.ClientEnvConfig.Profile;
using Tls = Temporalio.Common.EnvConfig.ClientEnvConfig.Tls;

namespace Temporalio.Common.EnvConfig;

/// <summary>One profile: from the file, overridden by environment variables.</summary>
internal static class ProfileLoader
{
    private const string DefaultProfile = "default";
    private const string GrpcMetaPrefix = "TEMPORAL_GRPC_META_";

    public static Profile Load(ClientEnvConfig.ProfileLoadOptions options)
    {
        if (options is { DisableEnv: true, DisableFile: true })
        {
            throw new InvalidOperationException("The configuration file and the environment variables are both disabled.");
        }

        EnvironmentVariables variables = new(options.OverrideEnvVars);
        Profile profile = options.DisableFile ? new() : FromFile(options, variables);
        return options.DisableEnv ? profile : Override(profile, variables);
    }

    private static Profile FromFile(ClientEnvConfig.ProfileLoadOptions options, EnvironmentVariables variables)
    {
        EnvironmentVariables forFile = options.DisableEnv ? new(new Dictionary<string, string>()) : variables;
        string? name = options.Profile ?? forFile.Find("TEMPORAL_PROFILE");
        IReadOnlyDictionary<string, Profile> profiles = ProfileFile.Load(options.ConfigSource, options.ConfigFileStrict, forFile);
        if (profiles.TryGetValue(name ?? DefaultProfile, out Profile? profile))
        {
            return profile;
        }

        return name is null or DefaultProfile
            ? new()
            : throw new InvalidOperationException(
                $"There is no profile '{name}' in the configuration; there are: {string.Join(", ", profiles.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static Profile Override(Profile profile, EnvironmentVariables variables) => new(
        variables.Find("TEMPORAL_ADDRESS") ?? profile.Address,
        variables.Find("TEMPORAL_NAMESPACE") ?? profile.Namespace,
        variables.Find("TEMPORAL_API_KEY") ?? profile.ApiKey,
        Override(profile.Tls, variables),
        Override(profile.GrpcMeta, variables));

    private static Tls? Override(Tls? tls, EnvironmentVariables variables)
    {
        Tls own = tls ?? new();
        Tls overridden = new(
            variables.Find("TEMPORAL_TLS") is { } on ? !ToBool("TEMPORAL_TLS", on) : own.Disabled,
            variables.Find("TEMPORAL_TLS_SERVER_NAME") ?? own.ServerName,
            FindSource("TEMPORAL_TLS_SERVER_CA_CERT", variables) ?? own.ServerRootCACert,
            FindSource("TEMPORAL_TLS_CLIENT_CERT", variables) ?? own.ClientCert,
            FindSource("TEMPORAL_TLS_CLIENT_KEY", variables) ?? own.ClientPrivateKey);
        return tls is null && overridden == own ? null : overridden;
    }

    private static Dictionary<string, string>? Override(IReadOnlyDictionary<string, string>? meta, EnvironmentVariables variables)
    {
        Dictionary<string, string> overridden = meta is null ? [] : new(meta);
        foreach ((string name, string value) in variables.All.Where(v => v.Key.StartsWith(GrpcMetaPrefix, StringComparison.Ordinal)))
        {
            string header = ProfileFile.ToHeaderName(name[GrpcMetaPrefix.Length..]);
            if (value.Length == 0)
            {
                overridden.Remove(header);
            }
            else
            {
                overridden[header] = value;
            }
        }

        return overridden.Count == 0 ? null : overridden;
    }

    private static DataSource? FindSource(string name, EnvironmentVariables variables) =>
        (variables.Find($"{name}_PATH"), variables.Find($"{name}_DATA")) switch
        {
            ({ }, { }) => throw new InvalidOperationException($"{name}_PATH and {name}_DATA are both set; one of them must be enough."),
            ({ } path, _) => DataSource.FromPath(path),
            (_, { } data) => DataSource.FromUTF8String(data),
            _ => null,
        };

    private static bool ToBool(string name, string value) => value.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new InvalidOperationException($"{name} is '{value}', which is neither true nor false."),
    };
}
