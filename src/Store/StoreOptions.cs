using System.Text.RegularExpressions;
using Npgsql;

namespace Orchestrator.Store;

/// <summary>Where audit chains and evidence packs are kept: section <c>Orchestrator:Store</c>.</summary>
public sealed partial class StoreOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator:Store";

    private const string FileName = "evidence.db";

    /// <summary>
    /// The connection string of a PostgreSQL server, in Npgsql's form, without a password: that comes from <c>PGPASSWORD</c>, from
    /// <c>PGPASSFILE</c> or from a certificate. Default: null, a SQLite file in the folder of evidence, for the workers of one machine.
    /// </summary>
    public string? PostgreSql { get; set; }

    /// <summary>
    /// Whether a worker brings the schema up to date when it starts. Default: true. Where its account may only read and add, it is false,
    /// and <c>sop store migrate</c> is run as the owner of the schema.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>
    /// The name of this installation: of the workers that share a Temporal namespace and this store. It stands in the locks on each
    /// cluster, where another installation is refused, since it would not see the changes of this one. 1–63 letters, digits, '-', '.'.
    /// Default: null, none; a worker with <see cref="PostgreSql"/> requires one.
    /// </summary>
    public string? Installation { get; set; }

    /// <summary>How long <c>sop store expire</c> keeps what was recorded. Default: 400 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The changes whose evidence is never removed, by their id. Default: none.</summary>
    public IList<string> LegalHold { get; } = [];

    /// <summary>The store that they name; nothing is opened yet.</summary>
    /// <param name="folder">The folder of evidence.</param>
    /// <exception cref="ArgumentException"><see cref="PostgreSql"/> is no connection string.</exception>
    public EvidenceStore Open(string folder) =>
        PostgreSql is null ? EvidenceStore.InFile(Path.Combine(folder, FileName)) : EvidenceStore.InPostgreSql(PostgreSql);

    /// <summary>What is wrong with them, one sentence each, each beginning with the key; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (Retention < TimeSpan.FromDays(1))
        {
            faults.Add($"{Section}:{nameof(Retention)} is {Retention}; evidence is kept for a day at least.");
        }

        if (Installation is not null && !Name().IsMatch(Installation))
        {
            faults.Add($"{Section}:{nameof(Installation)} is '{Installation}'; it must be 1–63 letters, digits, '-' or '.'.");
        }

        try
        {
            if (PostgreSql is not null && new NpgsqlConnectionStringBuilder(PostgreSql) is var builder
                && (builder.Password is not null || builder.Host is null))
            {
                faults.Add(builder.Password is not null
                    ? $"{Section}:{nameof(PostgreSql)} has a password in it, where many can read it. Use PGPASSFILE or PGPASSWORD."
                    : $"{Section}:{nameof(PostgreSql)} names no Host.");
            }
        }
        catch (ArgumentException e)
        {
            faults.Add($"{Section}:{nameof(PostgreSql)} is no connection string: {e.Message}");
        }

        return faults;
    }

    [GeneratedRegex("\\A[A-Za-z0-9.-]{1,63}\\z")]
    private static partial Regex Name();
}
