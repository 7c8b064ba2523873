using Orchestrator.Lab.Servers;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Stores;
using Orchestrator.Starter.Tests.Rehearsals;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using static Orchestrator.Starter.Tests.Rehearsals.EndingInterceptor;

namespace Orchestrator.Starter.Tests.Stores;

/// <summary>A roll whose evidence is kept in a real PostgreSQL.</summary>
[Trait("Category", "Lab")]
public sealed class PostgreSqlRollTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [PostgreSqlFact]
    public async Task Roll_WhoseStoreIsCutOffInTheMiddle_WaitsForItAndLosesNothing()
    {
        int acts = 0;
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        roll.Settings["Orchestrator:Store:PostgreSql"] = server.ConnectionString("postgres");
        roll.Settings["Orchestrator:Store:Installation"] = "prod-eu";

        RollKafkaClusterResult result = await roll.ExecuteAsync((moment, what) =>
        {
            if (moment == Moment.Before && what == "PatchObject")
            {
                switch (++acts)
                {
                    case 1:
                        server.Stop();
                        break;
                    case 4:
                        // Nothing was done in three tries: what a run is about to do is kept first.
                        Assert.Empty(roll.Effects);
                        server.Start();
                        break;
                }
            }

            return false;
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], roll.Restarted);
        Assert.StartsWith("postgresql://127.0.0.1:", result.Change.Status.Evidence!.Location, StringComparison.Ordinal);
        Assert.False(Directory.Exists(roll.Evidence));
        using EvidenceStore store = EvidenceStore.InPostgreSql(server.ConnectionString("postgres"));
        StoreAudit audit = await StoreAudit.OfAsync(store, CancellationToken.None);
        Assert.Equal((1, 1), (audit.Chains, audit.Packs));
        Assert.Empty(audit.Faults);
        Assert.Empty(audit.Open);
    }

    [PostgreSqlFact]
    public async Task Change_WhoseStoreIsAway_IsRefusedBeforeAnythingIsTouched()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        roll.Settings["Orchestrator:Store:PostgreSql"] = "Host=127.0.0.1;Port=9;Database=x;Username=y";
        roll.Settings["Orchestrator:Store:Installation"] = "prod-eu";

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Refusal refusal = Assert.Single(result.Change.Status.Refusals, refusal => refusal.Blocks);
        Assert.Equal((ChangeState.Refused, ReasonCodes.AuditUnavailable), (result.Change.State, refusal.Code));
        Assert.StartsWith("The store postgresql://127.0.0.1:9/x cannot be", refusal.Sentence, StringComparison.Ordinal);
        Assert.Empty(roll.Effects);
    }
}
