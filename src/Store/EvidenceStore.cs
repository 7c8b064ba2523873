using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Orchestrator.Store.Databases;

namespace Orchestrator.Store;

/// <summary>
/// Keeps audit chains and evidence packs for all workers. What is kept is only ever added to: the database itself refuses to change it. A
/// call whose answer was lost can be made again.
/// </summary>
public sealed class EvidenceStore : IDisposable
{
    private readonly Database _database;

    private EvidenceStore(Func<Database> make) => _database = make();

    /// <summary>Where it is, for people; without a password.</summary>
    public string Location => _database.Location;

    /// <summary>A store in a SQLite file, which is made when it is first used.</summary>
    public static EvidenceStore InFile(string file) => new(() => new SqliteDatabase(file));

    /// <summary>A store in PostgreSQL.</summary>
    /// <param name="connectionString">In Npgsql's form; a search path that it does not name is <c>orchestrator</c>.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static EvidenceStore InPostgreSql(string connectionString) => new(() => new PostgreSqlDatabase(connectionString));

    /// <summary>Brings the schema up to date.</summary>
    /// <returns>The names of the migrations that were applied now; empty where nothing was missing.</returns>
    /// <exception cref="StoreSchemaException">The schema is not one that this version can work with.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or the account may not change the schema.</exception>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) =>
        TryAsync("brought up to date", () => new Migrator(_database).MigrateAsync(cancellationToken));

    /// <summary>
    /// Gives an account the right to read and to add, and no other; only in PostgreSQL, and only as the owner of the schema.
    /// </summary>
    /// <param name="account">An account that exists; a name of letters, digits and <c>_</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    /// <exception cref="NotSupportedException">The store is a file, which has no accounts.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or this account may not.</exception>
    public Task GrantAsync(string account, CancellationToken cancellationToken)
    {
        string grant = _database.Grant(account);
        return TransactAsync(
            "granted", (connection, transaction) => connection.ExecuteAsync(grant, transaction: transaction), cancellationToken);
    }

    /// <summary>Makes sure that it answers and has the schema that this version needs.</summary>
    /// <exception cref="StoreSchemaException">It has not.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missing =
            await TryAsync("reached", () => new Migrator(_database).MissingAsync(cancellationToken));
        if (missing.Count > 0)
        {
            throw new StoreSchemaException(
                $"The schema of {Location} lacks {string.Join(", ", missing)}. Run 'sop store migrate' as its owner.");
        }
    }

    /// <summary>Adds events to a chain, on the disk when it returns. Those that are there already are compared.</summary>
    /// <exception cref="StoreConflictException">The chain has another event in one's place.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public Task AppendAsync(ChainKey chain, IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? Task.CompletedTask : TransactAsync("written", async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                "insert into audit_event (chain_id, run_id, seq, hash, at, type, body) values (@ChainId, @RunId, @Seq, @Hash, "
                    + $"{_database.Time("@At")}, @Type, {_database.Json("@Body")}) on conflict do nothing",
                events.Select(row => new { chain.ChainId, chain.RunId, row.Seq, row.Hash, row.At, row.Type, row.Body }),
                transaction);
            Dictionary<int, string> kept = (await connection.QueryAsync<(int Seq, string Hash)>(
                "select seq, hash from audit_event where chain_id = @ChainId and run_id = @RunId and seq between @From and @To",
                new { chain.ChainId, chain.RunId, From = events.Min(row => row.Seq), To = events.Max(row => row.Seq) },
                transaction)).ToDictionary(row => row.Seq, row => row.Hash);
            if (events.FirstOrDefault(row => kept[row.Seq] != row.Hash) is { } other)
            {
                throw new StoreConflictException(
                    $"Event {other.Seq} of {chain.ChainId}, run {chain.RunId}, in {Location} differs from the run's own: "
                    + "somebody changed it.");
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>The events of a chain, in order.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public async Task<IReadOnlyList<StoredEvent>> ReadChainAsync(ChainKey chain, CancellationToken cancellationToken) =>
        [.. (await QueryAsync<(int Seq, string Hash, string At, string Type, string Body)>(
            $"select seq, hash, {_database.Iso("at")}, type, cast(body as text) from audit_event "
                + "where chain_id = @ChainId and run_id = @RunId order by seq",
            chain,
            cancellationToken)).Select(row => new StoredEvent(row.Seq, row.Hash, row.At, row.Type, row.Body))];

    /// <summary>All chains, by id.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public Task<IReadOnlyList<ChainKey>> ListChainsAsync(CancellationToken cancellationToken) => QueryAsync<ChainKey>(
        "select distinct chain_id as ChainId, run_id as RunId from audit_event order by 1, 2", null, cancellationToken);

    /// <summary>Keeps a pack, whole or not at all. One of the same run that is there already stays as it is.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="files">Its files by path, with the manifest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it was added now; where it was not, the caller compares what is kept.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public Task<bool> AddPackAsync(StoredPack pack, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(files);
        return TransactAsync("written", async (connection, transaction) =>
        {
            int added = await connection.ExecuteAsync(
                "insert into evidence_pack (change_id, run_id, pack_hash) values (@ChangeId, @RunId, @PackHash) on conflict do nothing",
                pack,
                transaction);
            if (added == 0)
            {
                return false;
            }

            foreach ((string path, byte[] bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
                await connection.ExecuteAsync(
                    "insert into artifact (sha256, bytes) values (@sha256, @bytes) on conflict do nothing",
                    new { sha256, bytes },
                    transaction);
                await connection.ExecuteAsync(
                    "insert into evidence_file (change_id, run_id, path, sha256) values (@ChangeId, @RunId, @path, @sha256)",
                    new { pack.ChangeId, pack.RunId, path, sha256 },
                    transaction);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>The packs of a change, the oldest first; of all changes where none is named.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public Task<IReadOnlyList<StoredPack>> ListPacksAsync(string? changeId, CancellationToken cancellationToken) => QueryAsync<StoredPack>(
        "select change_id as ChangeId, run_id as RunId, pack_hash as PackHash from evidence_pack "
            + (changeId is null ? "" : "where change_id = @changeId ") + "order by recorded_at, change_id, run_id",
        new { changeId },
        cancellationToken);

    /// <summary>The files of a pack by path, the manifest included; empty where there is no such pack.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadPackAsync(
        string changeId, string runId, CancellationToken cancellationToken) =>
        (await QueryAsync<(string Path, byte[] Bytes)>(
            "select path, bytes from evidence_file join artifact on artifact.sha256 = evidence_file.sha256 "
                + "where change_id = @changeId and run_id = @runId",
            new { changeId, runId },
            cancellationToken)).ToDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal);

    /// <summary>Keeps a report. One of the same run that is there already stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be written.</exception>
    public Task AddReportAsync(StoredReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return TransactAsync(
            "written",
            (connection, transaction) => connection.ExecuteAsync(
                "insert into report (report_id, run_id, procedure, cluster, inputs, at, body) values (@ReportId, @RunId, @Procedure, "
                    + $"@Cluster, @Inputs, {_database.Time("@At")}, {_database.Json("@Body")}) on conflict do nothing",
                report,
                transaction),
            cancellationToken);
    }

    /// <summary>The body of the newest report of a procedure with the same inputs on a cluster; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public async Task<string?> FindLastReportAsync(
        string procedure, string cluster, string inputs, CancellationToken cancellationToken) =>
        (await QueryAsync<string>(
            "select cast(body as text) from report where procedure = @procedure and cluster = @cluster and inputs = @inputs "
                + "order by at desc, recorded_at desc limit 1",
            new { procedure, cluster, inputs },
            cancellationToken)).SingleOrDefault();

    /// <summary>
    /// Removes what was recorded longer ago than a time, but for changes under legal hold; only the owner of the schema may. A chain goes
    /// as a whole, once its last event is past the time.
    /// </summary>
    /// <param name="retention">The time, in whole days.</param>
    /// <param name="holds">The changes that stay, by their id.</param>
    /// <param name="cancellationToken">Ends it; then nothing was removed.</param>
    /// <returns>The chains and packs that were removed, each as <c>change/run</c>.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or the account is not the owner.</exception>
    public Task<IReadOnlyList<string>> ExpireAsync(
        TimeSpan retention, IReadOnlyCollection<string> holds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retention, TimeSpan.FromDays(1));
        return TransactAsync<IReadOnlyList<string>>("expired", async (connection, transaction) =>
        {
            object past = new { days = (int)retention.TotalDays };
            string before = _database.DaysAgo("@days");
            List<ChainKey> ended = [.. await connection.QueryAsync<ChainKey>(
                "select chain_id as ChainId, run_id as RunId from ("
                    + "select chain_id, run_id, recorded_at from audit_event "
                    + "union all select change_id, run_id, recorded_at from evidence_pack) kept "
                    + $"group by chain_id, run_id having max(recorded_at) < {before} order by 1, 2",
                past,
                transaction)];
            ended.RemoveAll(chain => holds.Contains(chain.ChainId));
            Func<Task> forbidAsync = await _database.AllowRemovalAsync(transaction, cancellationToken);
            foreach (string sql in (string[])
            [
                "delete from evidence_file where change_id = @ChainId and run_id = @RunId",
                "delete from evidence_pack where change_id = @ChainId and run_id = @RunId",
                "delete from audit_event where chain_id = @ChainId and run_id = @RunId",
            ])
            {
                await connection.ExecuteAsync(sql, ended, transaction);
            }

            await connection.ExecuteAsync($"delete from report where recorded_at < {before}", past, transaction);
            await connection.ExecuteAsync(
                "delete from artifact where not exists (select 1 from evidence_file where evidence_file.sha256 = artifact.sha256) "
                    + $"and recorded_at < {before}",
                past,
                transaction);
            await forbidAsync();
            return [.. ended.Select(chain => $"{chain.ChainId}/{chain.RunId}")];
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        TryAsync<IReadOnlyList<T>>("read", async () =>
        {
            await using DbConnection connection = await _database.OpenAsync(cancellationToken);
            return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
        });

    private Task<T> TransactAsync<T>(
        string what, Func<DbConnection, DbTransaction, Task<T>> act, CancellationToken cancellationToken) => TryAsync(what, async () =>
    {
        await using DbConnection connection = await _database.OpenAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        T result = await act(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    });

    private async Task<T> TryAsync<T>(string what, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw new StoreUnavailableException($"The store {Location} cannot be {what}: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
