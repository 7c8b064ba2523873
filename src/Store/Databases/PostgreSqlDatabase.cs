using System.Data.Common;
using Dapper;
using Npgsql;

namespace Orchestrator.Store.Databases;

/// <summary>A PostgreSQL server, 13 or newer; the store's tables lie in the schema that the search path names.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private const string Schema = "orchestrator";

    // Any number that nobody else locks: the two words "sop evidence" have this hash.
    private const long MigrationLock = 0x736f_7065_7669_64;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnectionStringBuilder _builder;

    /// <summary>A server.</summary>
    /// <param name="connectionString">In Npgsql's form; a search path that it does not name is <c>orchestrator</c>.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public PostgreSqlDatabase(string connectionString)
    {
        _builder = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "orchestrator" };
        _builder.SearchPath ??= Schema;
        _source = NpgsqlDataSource.Create(_builder);
    }

    /// <inheritdoc/>
    public override string Location => $"postgresql://{_builder.Host}:{_builder.Port}/{_builder.Database}";

    /// <inheritdoc/>
    public override string Dialect => "PostgreSql";

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc/>
    public override string Json(string parameter) => $"cast({parameter} as json)";

    /// <inheritdoc/>
    public override string Time(string parameter) => $"cast({parameter} as timestamptz)";

    /// <inheritdoc/>
    public override string Iso(string column) => $"to_char({column} at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

    /// <inheritdoc/>
    public override string DaysAgo(string parameter) => $"now() - make_interval(secs => 86400 * {parameter})";

    /// <inheritdoc/>
    public override string HasTable(string parameter) => $"select to_regclass({parameter}) is not null";

    /// <inheritdoc/>
    public override string Grant(string account) =>
        account is { Length: > 0 } && account.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? $"""
                grant usage on schema "{_builder.SearchPath}" to "{account}";
                grant select, insert on {string.Join(", ", Tables)} to "{account}";
                grant select on schema_migration to "{account}";
                """
            : throw new ArgumentException($"'{account}' is no name of an account: letters, digits and '_'.", nameof(account));

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction));
        return transaction;
    }

    /// <inheritdoc/>
    public override Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        new CommandDefinition($"create schema if not exists \"{_builder.SearchPath}\"", cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override async Task<Func<Task>> AllowRemovalAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        // Only the owner of a table may.
        await AllAsync("disable");
        return () => AllAsync("enable");

        Task AllAsync(string verb) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            string.Concat(Tables.Select(table => $"alter table {table} {verb} trigger only_added;")),
            transaction: transaction,
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public override void Dispose() => _source.Dispose();
}
