using System.Text;
using Profile = Temporalio.Common.EnvConfig.ClientEnvConfig.Profile;
using Tls = Temporalio.Common.EnvConfig.ClientEnvConfig.Tls;

namespace Temporalio.Common.EnvConfig;

/// <summary>The file with the profiles.</summary>
internal static class ProfileFile
{
    /// <summary>Reads the profiles; a file that is not there holds none.</summary>
    /// <exception cref="InvalidOperationException">The file is not valid.</exception>
    public static IReadOnlyDictionary<string, Profile> Load(DataSource? source, bool strict, EnvironmentVariables variables)
    {
        string? path = source is null ? variables.Find("TEMPORAL_CONFIG_FILE") ?? DefaultPath : source.Path;
        if (path is not null && !File.Exists(path))
        {
            return new Dictionary<string, Profile>();
        }

        byte[] bytes = (source ?? DataSource.FromPath(path!)).GetBytes();
        try
        {
            return Read(TomlReader.Read(Encoding.UTF8.GetString(bytes)), strict);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"The configuration {path ?? "given as text"} is not valid: {e.Message}", e);
        }
    }

    /// <summary>The name of a header as gRPC spells it.</summary>
    public static string ToHeaderName(string name) => name.ToLowerInvariant().Replace('_', '-');

    private static string DefaultPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "temporalio",
        "temporal.toml");

    private static Dictionary<string, Profile> Read(Dictionary<string, object> root, bool strict)
    {
        ProfileTable top = new(string.Empty, root);
        Dictionary<string, Profile> profiles = [];
        if (top.FindTable("profile") is { } all)
        {
            foreach (string name in all.Keys)
            {
                profiles[name] = ReadProfile(all.FindTable(name)!, strict);
            }
        }

        top.End(strict);
        return profiles;
    }

    private static Profile ReadProfile(ProfileTable table, bool strict)
    {
        Profile profile = new(
            table.FindString("address"),
            table.FindString("namespace"),
            table.FindString("api_key"),
            table.FindTable("tls") is { } tls ? ReadTls(tls, strict) : null,
            table.FindTable("grpc_meta") is { } meta ? ReadMeta(meta) : null);

        // Only tools that show payloads use a remote codec.
        table.FindTable("codec");
        table.End(strict);
        return profile;
    }

    private static Tls ReadTls(ProfileTable table, bool strict)
    {
        Tls tls = new(
            table.FindBool("disabled"),
            table.FindString("server_name"),
            FindSource(table, "server_ca_cert"),
            FindSource(table, "client_cert"),
            FindSource(table, "client_key"));

        // A server is always verified here, as in the official SDK.
        table.FindBool("disable_host_verification");
        table.End(strict);
        return tls;
    }

    private static Dictionary<string, string> ReadMeta(ProfileTable table) =>
        table.Keys.ToDictionary(ToHeaderName, name => table.FindString(name)!);

    private static DataSource? FindSource(ProfileTable table, string name) =>
        (table.FindString($"{name}_path"), table.FindString($"{name}_data")) switch
        {
            ({ }, { }) => throw new FormatException($"{table.Name}: {name}_path and {name}_data are both set"),
            ({ } path, _) => DataSource.FromPath(path),
            (_, { } data) => DataSource.FromUTF8String(data),
            _ => null,
        };
}
