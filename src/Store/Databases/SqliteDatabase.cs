using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Store.Databases;

/// <summary>A SQLite file, for the workers of one machine.</summary>
internal sealed class SqliteDatabase(string file) : Database
{
    // Several workers write one after another; none takes longer than a disk that is slow.
    private const int BusySeconds = 30;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
    }.ToString();

    /// <inheritdoc/>
    public override string Location { get; } = Path.GetFullPath(file);

    /// <inheritdoc/>
    public override string Dialect => "Sqlite";

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Location)!);
        SqliteConnection connection = new(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);

            // What a transaction wrote is on the disk when it has ended; readers do not wait for writers.
            await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full;");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Json(string parameter) => parameter;

    /// <inheritdoc/>
    public override string Time(string parameter) => parameter;

    /// <inheritdoc/>
    public override string Iso(string column) => column;

    /// <inheritdoc/>
    public override string DaysAgo(string parameter) => $"strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || {parameter} || ' days')";

    /// <inheritdoc/>
    public override string HasTable(string parameter) => $"select exists (select 1 from sqlite_master where name = {parameter})";

    /// <inheritdoc/>
    public override string Grant(string account) => throw new NotSupportedException($"{Location} is a file, which has no accounts.");

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<Func<Task>> AllowRemovalAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, string Sql)> triggers = [.. await transaction.Connection!.QueryAsync<(string, string)>(
            "select name, sql from sqlite_master where type = 'trigger'", transaction: transaction)];
        await RunAsync(triggers.Select(trigger => $"drop trigger {trigger.Name};"));
        return () => RunAsync(triggers.Select(trigger => $"{trigger.Sql};"));

        Task RunAsync(IEnumerable<string> statements) =>
            transaction.Connection!.ExecuteAsync(string.Concat(statements), transaction: transaction);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
