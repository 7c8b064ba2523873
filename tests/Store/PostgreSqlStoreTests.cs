using Dapper;
using Npgsql;
using Orchestrator.Lab.Servers;
using Orchestrator.Store.Databases;

namespace Orchestrator.Store.Tests;

/// <summary>The contract, on a real PostgreSQL; and what only a server has: accounts, and an end.</summary>
[Trait("Category", "Lab")]
public sealed class PostgreSqlStoreTests(PostgreSqlServer server) : StoreContract, IClassFixture<PostgreSqlServer>
{
    private static readonly ChainKey Chain = new("CHG-20261121-7KQ2", "0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a11");
    private static readonly StoredEvent Event = new(0, new('a', 64), "2026-11-21T12:00:00.123Z", "step.started", "{}");

    private readonly string _database = $"test_{Guid.NewGuid():N}";

    [PostgreSqlFact]
    public Task AppendedInParts_AndAgain_IsTheWholeChainOnce() => AppendedInPartsAndAgainIsTheWholeChainOnceAsync();

    [PostgreSqlFact]
    public Task AnotherEvent_InOnesPlace_IsAConflictAndNothingIsAdded() => AnotherEventInOnesPlaceIsAConflictAndNothingIsAddedAsync();

    [PostgreSqlFact]
    public Task Pack_IsThereWholeOnceAndStays() => PackIsThereWholeOnceAndStaysAsync();

    [PostgreSqlFact]
    public Task LastReport_IsTheNewestOfTheSameProcedureClusterAndInputs() =>
        LastReportIsTheNewestOfTheSameProcedureClusterAndInputsAsync();

    [PostgreSqlFact]
    public Task WhatIsKept_CannotBeRewritten() => WhatIsKeptCannotBeRewrittenAsync();

    [PostgreSqlFact]
    public Task PastItsTime_IsRemovedButForHolds() => PastItsTimeIsRemovedButForHoldsAsync();

    [PostgreSqlFact]
    public Task Migrations_RunOnceAlthoughSeveralWorkersStartAtOnce() => MigrationsRunOnceAlthoughSeveralWorkersStartAtOnceAsync();

    [PostgreSqlFact]
    public Task NewerSchema_IsFineWhereItSaysSo() => NewerSchemaIsFineWhereItSaysSoAsync();

    [PostgreSqlFact]
    public Task SchemaOfAnotherBuild_IsRefused() => SchemaOfAnotherBuildIsRefusedAsync();

    [PostgreSqlFact]
    public Task EmptyDatabase_IsNamedWithWhatItLacks() => EmptyDatabaseIsNamedWithWhatItLacksAsync();

    [PostgreSqlFact]
    public async Task AccountOfTheWorkers_MayAddAndRead_AndNothingElse()
    {
        string writer = $"writer_{Guid.NewGuid():N}";
        using EvidenceStore owner = await NewAsync();
        await owner.MigrateAsync(CancellationToken.None);
        await OwnAsync($"create role {writer} login");
        await owner.GrantAsync(writer, CancellationToken.None);

        using EvidenceStore store = EvidenceStore.InPostgreSql(server.ConnectionString(_database, writer));
        await store.RequireAsync(CancellationToken.None);
        await store.AppendAsync(Chain, [Event], CancellationToken.None);
        await store.AddPackAsync(
            new(Chain.ChainId, Chain.RunId, Event.Hash), new Dictionary<string, byte[]> { ["a"] = [1] }, CancellationToken.None);
        Assert.Equal([Event], await store.ReadChainAsync(Chain, CancellationToken.None));

        await using NpgsqlConnection connection = new(server.ConnectionString(_database, writer) + ";Search Path=orchestrator");
        foreach (string sql in (string[])
        [
            "delete from audit_event", "update audit_event set type = 'x'", "truncate audit_event", "drop table audit_event",
            "alter table audit_event disable trigger only_added", "delete from schema_migration",
        ])
        {
            PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        StoreUnavailableException removal = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ExpireAsync(TimeSpan.FromDays(1), [], CancellationToken.None));
        Assert.Contains("must be owner of table", removal.Message, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public async Task Server_ThatWasCutOffAndStartedAgain_IsReachedByTheSameStore()
    {
        using EvidenceStore store = await NewAsync();
        await store.MigrateAsync(CancellationToken.None);
        await store.AppendAsync(Chain, [Event], CancellationToken.None);

        server.Stop();
        StoreUnavailableException away = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.AppendAsync(Chain, [Event], CancellationToken.None));
        server.Start();
        await store.AppendAsync(Chain, [Event, Event with { Seq = 1 }], CancellationToken.None);

        Assert.StartsWith("The store postgresql://127.0.0.1:", away.Message, StringComparison.Ordinal);
        Assert.Equal([Event, Event with { Seq = 1 }], await store.ReadChainAsync(Chain, CancellationToken.None));
    }

    private protected override async Task<EvidenceStore> NewAsync()
    {
        await using NpgsqlConnection connection = new(server.ConnectionString("postgres") + ";Pooling=false");
        if (!await connection.ExecuteScalarAsync<bool>(
            "select exists (select 1 from pg_database where datname = @_database)", new { _database }))
        {
            await connection.ExecuteAsync($"create database {_database}");
        }

        return EvidenceStore.InPostgreSql(server.ConnectionString(_database));
    }

    private protected override Database Database() => new PostgreSqlDatabase(server.ConnectionString(_database));

    private async Task OwnAsync(string sql)
    {
        using Database database = Database();
        await using System.Data.Common.DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql);
    }
}
