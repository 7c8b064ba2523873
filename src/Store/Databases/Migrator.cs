using System.Data.Common;
using Dapper;

namespace Orchestrator.Store.Databases;

/// <summary>
/// Brings the schema up to date: each migration once, in order, each in a transaction that no other worker's runs beside. A newer schema
/// than this worker knows is fine as long as that schema says so, so that two versions can work beside each other during a deploy.
/// </summary>
internal sealed class Migrator(Database database)
{
    private const string Journal = "schema_migration";

    /// <summary>Applies what is missing.</summary>
    /// <returns>The names of what was applied now; empty where nothing was missing.</returns>
    /// <exception cref="StoreSchemaException">The schema is too new, or not the one that this worker's migrations made.</exception>
    /// <exception cref="DbException">The database does not answer, or the account may not change the schema.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IReadOnlyList<Migration> missing = await MissingAsync(connection, null, cancellationToken);
        if (missing.Count == 0)
        {
            return [];
        }

        await database.PrepareAsync(connection, cancellationToken);
        await using DbTransaction transaction = await database.BeginAloneAsync(connection, cancellationToken);
        await RunAsync(
            connection,
            $"create table if not exists {Journal} (number integer primary key, name text not null, sha256 text not null, "
                + "works_from integer not null, applied_at text not null default current_timestamp)",
            null,
            transaction,
            cancellationToken);

        // Another worker may have been faster.
        missing = await MissingAsync(connection, transaction, cancellationToken);
        foreach (Migration migration in missing)
        {
            await RunAsync(connection, migration.Sql, null, transaction, cancellationToken);
            await RunAsync(
                connection,
                $"insert into {Journal} (number, name, sha256, works_from) values (@Number, @Name, @Sha256, @WorksFrom)",
                migration,
                transaction,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. missing.Select(migration => migration.Name)];
    }

    /// <summary>The names of the migrations that the database lacks.</summary>
    /// <exception cref="StoreSchemaException">The schema is too new, or not the one that this worker's migrations made.</exception>
    /// <exception cref="DbException">The database does not answer.</exception>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. (await MissingAsync(connection, null, cancellationToken)).Select(migration => migration.Name)];
    }

    private async Task<IReadOnlyList<Migration>> MissingAsync(
        DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        IReadOnlyList<Migration> known = Migration.Of(database.Dialect);
        CommandDefinition exists = new(
            database.HasTable("@Journal"), new { Journal }, transaction, cancellationToken: cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(exists))
        {
            return known;
        }

        CommandDefinition query = new(
            $"select number, name, sha256, works_from as WorksFrom from {Journal} order by number",
            transaction: transaction,
            cancellationToken: cancellationToken);
        IReadOnlyList<Applied> applied = [.. await connection.QueryAsync<Applied>(query)];
        foreach (Applied row in applied)
        {
            if (known.FirstOrDefault(migration => migration.Number == row.Number) is { } same)
            {
                if (same.Sha256 != row.Sha256)
                {
                    throw new StoreSchemaException(
                        $"Migration {row.Name} of {database.Location} differs from the one that this version has. "
                        + "The schema was made by another build, or was changed by hand.");
                }
            }
            else if (row.WorksFrom > known[^1].Number)
            {
                throw new StoreSchemaException(
                    $"The schema of {database.Location} is at {row.Number} ({row.Name}), which works with versions that know "
                    + $"migration {row.WorksFrom}; this version knows up to {known[^1].Number}. Use a newer worker.");
            }
        }

        return [.. known.Where(migration => applied.All(row => row.Number != migration.Number))];
    }

    private static Task RunAsync(
        DbConnection connection, string sql, object? parameters, DbTransaction transaction, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));

    private sealed record Applied
    {
        public int Number { get; init; }

        public string Name { get; init; } = "";

        public string Sha256 { get; init; } = "";

        public int WorksFrom { get; init; }
    }
}
