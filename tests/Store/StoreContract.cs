using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Orchestrator.Store.Databases;

namespace Orchestrator.Store.Tests;

/// <summary>What a store does, the same in either database.</summary>
public abstract class StoreContract
{
    private static readonly ChainKey Chain = new("CHG-20261121-7KQ2", "0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a11");

    /// <summary>An empty store of the test's own.</summary>
    private protected abstract Task<EvidenceStore> NewAsync();

    /// <summary>The same database, for what only its owner does.</summary>
    private protected abstract Database Database();

    private protected async Task AppendedInPartsAndAgainIsTheWholeChainOnceAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        StoredEvent[] events = Events(4);

        await store.AppendAsync(Chain, events[..2], CancellationToken.None);
        await store.AppendAsync(Chain, events[..3], CancellationToken.None);
        await store.AppendAsync(Chain, events, CancellationToken.None);
        await store.AppendAsync(Chain with { RunId = "another" }, events[..1], CancellationToken.None);

        Assert.Equal(events, await store.ReadChainAsync(Chain, CancellationToken.None));
        Assert.Equal([Chain, Chain with { RunId = "another" }], await store.ListChainsAsync(CancellationToken.None));
    }

    private protected async Task AnotherEventInOnesPlaceIsAConflictAndNothingIsAddedAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        await store.AppendAsync(Chain, Events(2), CancellationToken.None);

        StoreConflictException conflict = await Assert.ThrowsAsync<StoreConflictException>(
            () => store.AppendAsync(Chain, Events(3, "forged"), CancellationToken.None));

        Assert.StartsWith("Event 0 of CHG-20261121-7KQ2", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(Events(2), await store.ReadChainAsync(Chain, CancellationToken.None));
    }

    private protected async Task PackIsThereWholeOnceAndStaysAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        StoredPack pack = new(Chain.ChainId, Chain.RunId, Hash("manifest"));
        Dictionary<string, byte[]> files = Files(("manifest.json", "{}"), ("before/kafka.json", "{}"), ("summary.md", "Done \0 ✓"));

        Assert.True(await store.AddPackAsync(pack, files, CancellationToken.None));
        Assert.False(await store.AddPackAsync(pack with { PackHash = Hash("other") }, Files(("evil", "x")), CancellationToken.None));
        Assert.True(await store.AddPackAsync(pack with { RunId = "another" }, files, CancellationToken.None));

        Assert.Equal(files, await store.ReadPackAsync(Chain.ChainId, Chain.RunId, CancellationToken.None));
        Assert.Equal([pack, pack with { RunId = "another" }], (await store.ListPacksAsync(Chain.ChainId, CancellationToken.None))
            .OrderBy(kept => kept.RunId, StringComparer.Ordinal));
        Assert.Empty(await store.ReadPackAsync(Chain.ChainId, "none", CancellationToken.None));
        Assert.Empty(await store.ListPacksAsync("CHG-none", CancellationToken.None));
    }

    private protected async Task LastReportIsTheNewestOfTheSameProcedureClusterAndInputsAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        StoredReport first = new(
            "CHG-1", "run", "check-cluster-health", "uid", "inputs", "2026-11-21T12:00:00.000Z", """{"n":1,  "text":"✓"}""");
        foreach (StoredReport report in (StoredReport[])
        [
            first with { ReportId = "CHG-2", At = "2026-11-21T12:15:00.000Z", Body = """{"n":2}""" },
            first,
            first with { Body = """{"n":9}""" },
            first with { ReportId = "CHG-3", At = "2026-11-21T13:00:00.000Z", Cluster = "other" },
            first with { ReportId = "CHG-4", At = "2026-11-21T13:00:00.000Z", Inputs = "other" },
            first with { ReportId = "CHG-5", At = "2026-11-21T13:00:00.000Z", Procedure = "other" },
        ])
        {
            await store.AddReportAsync(report, CancellationToken.None);
        }

        Assert.Equal(
            """{"n":2}""",
            await store.FindLastReportAsync(first.Procedure, first.Cluster, first.Inputs, CancellationToken.None));
        Assert.Null(await store.FindLastReportAsync(first.Procedure, first.Cluster, "none", CancellationToken.None));
    }

    private protected async Task WhatIsKeptCannotBeRewrittenAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        await store.AppendAsync(Chain, Events(2), CancellationToken.None);
        await store.AddPackAsync(new(Chain.ChainId, Chain.RunId, Hash("x")), Files(("a", "b")), CancellationToken.None);

        await store.AddReportAsync(new("CHG-1", "run", "p", "uid", "i", "2026-11-21T12:00:00.000Z", "{}"), CancellationToken.None);
        using Database database = Database();
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        foreach (string table in (string[])["audit_event", "artifact", "evidence_pack", "evidence_file", "report"])
        {
            foreach (string sql in (string[])[$"delete from {table}", $"update {table} set {Column(table)} = {Column(table)}"])
            {
                Exception refused = await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync(sql));
                Assert.Contains($"of {table} is refused: evidence is only ever added", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private protected async Task PastItsTimeIsRemovedButForHoldsAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        ChainKey held = Chain with { ChainId = "CHG-held" };
        ChainKey young = Chain with { ChainId = "CHG-young" };
        foreach (ChainKey chain in (ChainKey[])[Chain, held, young])
        {
            await store.AppendAsync(chain, Events(2), CancellationToken.None);
            await store.AddPackAsync(
                new(chain.ChainId, chain.RunId, Hash(chain.ChainId)),
                Files(("own", chain.ChainId), ("shared", "x")),
                CancellationToken.None);
        }

        await AgeAsync([Chain.ChainId, held.ChainId]);

        Assert.Equal(
            [$"{Chain.ChainId}/{Chain.RunId}"], await store.ExpireAsync(TimeSpan.FromDays(400), [held.ChainId], CancellationToken.None));
        Assert.Equal([held.ChainId, young.ChainId], (await store.ListChainsAsync(CancellationToken.None)).Select(chain => chain.ChainId));
        Assert.Empty(await store.ReadPackAsync(Chain.ChainId, Chain.RunId, CancellationToken.None));
        Assert.Equal(
            Files(("own", held.ChainId), ("shared", "x")), await store.ReadPackAsync(held.ChainId, held.RunId, CancellationToken.None));
        Assert.Empty(await store.ExpireAsync(TimeSpan.FromDays(400), [held.ChainId], CancellationToken.None));
        await WhatIsKeptCannotBeRewrittenStillAsync();
    }

    private protected async Task MigrationsRunOnceAlthoughSeveralWorkersStartAtOnceAsync()
    {
        EvidenceStore[] stores = [await NewAsync(), await NewAsync(), await NewAsync(), await NewAsync()];

        IReadOnlyList<string>[] applied = await Task.WhenAll(stores.Select(store => store.MigrateAsync(CancellationToken.None)));

        Assert.Equal(["001_evidence.sql", "002_reports.sql", "003_report_cluster.sql"], applied.SelectMany(names => names));
        await Task.WhenAll(stores.Select(store => store.RequireAsync(CancellationToken.None)));
        foreach (EvidenceStore store in stores)
        {
            store.Dispose();
        }
    }

    private protected async Task NewerSchemaIsFineWhereItSaysSoAsync()
    {
        using EvidenceStore store = await MigratedAsync();

        await NewerAsync(4, worksFrom: 1);
        await store.RequireAsync(CancellationToken.None);
        Assert.Empty(await store.MigrateAsync(CancellationToken.None));

        await NewerAsync(5, worksFrom: 5);
        StoreSchemaException refused = await Assert.ThrowsAsync<StoreSchemaException>(() => store.RequireAsync(CancellationToken.None));
        Assert.EndsWith(
            "is at 5 (005_later.sql), which works with versions that know migration 5; this version knows up to 3. Use a newer worker.",
            refused.Message,
            StringComparison.Ordinal);
    }

    private protected async Task SchemaOfAnotherBuildIsRefusedAsync()
    {
        using EvidenceStore store = await MigratedAsync();
        await OwnAsync("update schema_migration set sha256 = 'other'");

        StoreSchemaException refused = await Assert.ThrowsAsync<StoreSchemaException>(() => store.MigrateAsync(CancellationToken.None));

        Assert.StartsWith("Migration 001_evidence.sql of", refused.Message, StringComparison.Ordinal);
    }

    private protected async Task EmptyDatabaseIsNamedWithWhatItLacksAsync()
    {
        using EvidenceStore store = await NewAsync();

        StoreSchemaException refused = await Assert.ThrowsAsync<StoreSchemaException>(() => store.RequireAsync(CancellationToken.None));

        Assert.EndsWith(
            "lacks 001_evidence.sql, 002_reports.sql, 003_report_cluster.sql. Run 'sop store migrate' as its owner.", refused.Message,
            StringComparison.Ordinal);
    }

    private static StoredEvent[] Events(int count, string text = "text") =>
        [.. Enumerable.Range(0, count).Select(seq => new StoredEvent(
            seq,
            Hash($"{text}{seq}"),
            "2026-11-21T12:00:00.123Z",
            "step.started",
            $$"""{"seq":{{seq}},   "sentence":"{{text}} \u0000 ✓"}"""))];

    private static Dictionary<string, byte[]> Files(params (string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Column(string table) => table switch
    {
        "audit_event" => "type",
        "artifact" => "bytes",
        "evidence_pack" => "pack_hash",
        "report" => "body",
        _ => "sha256",
    };

    private async Task WhatIsKeptCannotBeRewrittenStillAsync() =>
        await Assert.ThrowsAnyAsync<DbException>(() => OwnAsync("delete from audit_event"));

    private async Task<EvidenceStore> MigratedAsync()
    {
        EvidenceStore store = await NewAsync();
        await store.MigrateAsync(CancellationToken.None);
        return store;
    }

    private Task NewerAsync(int number, int worksFrom) => OwnAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"insert into schema_migration (number, name, sha256, works_from) values ({number}, '{number:000}_later.sql', 'x', {worksFrom})"));

    private async Task OwnAsync(string sql)
    {
        using Database database = Database();
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql);
    }

    // As if they had been recorded long ago.
    private async Task AgeAsync(IReadOnlyList<string> chains)
    {
        using Database database = Database();
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        Func<Task> forbidAsync = await database.AllowRemovalAsync(transaction, CancellationToken.None);
        foreach ((string table, string id) in (IEnumerable<(string, string)>)[("audit_event", "chain_id"), ("evidence_pack", "change_id")])
        {
            foreach (string chain in chains)
            {
                await connection.ExecuteAsync(
                    $"update {table} set recorded_at = {database.DaysAgo("@days")} where {id} = @chain",
                    new { days = 401, chain },
                    transaction);
            }
        }

        await forbidAsync();
        await transaction.CommitAsync();
    }
}
