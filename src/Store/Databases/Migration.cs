using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Store.Databases;

/// <summary>One step of the schema, as it is embedded in this assembly.</summary>
/// <param name="Number">Its number, from 1 without gaps.</param>
/// <param name="Name">Its file's name.</param>
/// <param name="WorksFrom">The oldest schema number whose workers can still work once it is applied.</param>
/// <param name="Sql">What it does.</param>
internal sealed partial record Migration(int Number, string Name, int WorksFrom, string Sql)
{
    /// <summary>SHA-256 of what it does, as lower-case hex: a migration never changes once it was applied anywhere.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The migrations of a dialect, in order.</summary>
    public static IReadOnlyList<Migration> Of(string dialect) =>
        [.. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{dialect}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    private static Migration Read(string resource)
    {
        using StreamReader reader = new(typeof(Migration).Assembly.GetManifestResourceStream(resource)!);
        string sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        string name = resource[(resource.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new(Int(name[..name.IndexOf('_', StringComparison.Ordinal)]), name, Int(Header().Match(sql).Groups[1].Value), sql);
    }

    private static int Int(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A-- Works with workers from: (\d+)\n")]
    private static partial Regex Header();
}
