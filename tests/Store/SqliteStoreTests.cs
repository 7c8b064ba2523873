using Orchestrator.Store.Databases;

namespace Orchestrator.Store.Tests;

/// <summary>The contract, in a SQLite file.</summary>
public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-store-").FullName;

    private string File => Path.Combine(_folder, "below", "evidence.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task AppendedInParts_AndAgain_IsTheWholeChainOnce() => AppendedInPartsAndAgainIsTheWholeChainOnceAsync();

    [Fact]
    public Task AnotherEvent_InOnesPlace_IsAConflictAndNothingIsAdded() => AnotherEventInOnesPlaceIsAConflictAndNothingIsAddedAsync();

    [Fact]
    public Task Pack_IsThereWholeOnceAndStays() => PackIsThereWholeOnceAndStaysAsync();

    [Fact]
    public Task LastReport_IsTheNewestOfTheSameProcedureClusterAndInputs() =>
        LastReportIsTheNewestOfTheSameProcedureClusterAndInputsAsync();

    [Fact]
    public Task WhatIsKept_CannotBeRewritten() => WhatIsKeptCannotBeRewrittenAsync();

    [Fact]
    public Task PastItsTime_IsRemovedButForHolds() => PastItsTimeIsRemovedButForHoldsAsync();

    [Fact]
    public Task Migrations_RunOnceAlthoughSeveralWorkersStartAtOnce() => MigrationsRunOnceAlthoughSeveralWorkersStartAtOnceAsync();

    [Fact]
    public Task NewerSchema_IsFineWhereItSaysSo() => NewerSchemaIsFineWhereItSaysSoAsync();

    [Fact]
    public Task SchemaOfAnotherBuild_IsRefused() => SchemaOfAnotherBuildIsRefusedAsync();

    [Fact]
    public Task EmptyDatabase_IsNamedWithWhatItLacks() => EmptyDatabaseIsNamedWithWhatItLacksAsync();

    private protected override Task<EvidenceStore> NewAsync() => Task.FromResult(EvidenceStore.InFile(File));

    private protected override Database Database() => new SqliteDatabase(File);
}
