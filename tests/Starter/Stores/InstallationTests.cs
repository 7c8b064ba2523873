using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Tests.Rehearsals;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Stores;

/// <summary>Two installations on one cluster, which do not see each other's changes.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task Roll_OnAClusterOfAnotherInstallation_IsRefusedByNameAndTouchesNothing()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        roll.Settings["Orchestrator:Store:Installation"] = "prod-eu";
        RollKafkaClusterResult own = await roll.ExecuteAsync();
        Assert.True(own.Change.State == ChangeState.Succeeded, own.Change.Status.Sentence);
        int effects = roll.Effects.Count;
        using IKubernetes client = Kubeconfig.Load(roll.Box.KubeconfigPath, null).Open(TimeProvider.System);
        List<string> leases = await OwnedAsync(client, "prod-eu");
        Assert.NotEmpty(leases);

        // As if the other had come first.
        foreach (string lease in leases)
        {
            await client.MergePatchAsync(
                ResourceType.Leases,
                GuardId.FenceNamespace,
                lease,
                new JsonObject
                {
                    ["metadata"] = new JsonObject
                    {
                        ["annotations"] = new JsonObject { [GuardId.InstallationAnnotation] = "prod-us" },
                    },
                },
                null,
                CancellationToken.None);
        }

        RollKafkaClusterResult refused = await roll.ExecuteAsync();

        Assert.Equal(ReasonCodes.OtherInstallation, refused.Change.Status.Failure?.Code);
        Assert.Contains(
            "belongs to the installation prod-us; this one is prod-eu. Nothing was written.",
            refused.Change.Status.Failure!.Sentence,
            StringComparison.Ordinal);
        Assert.Equal(effects, roll.Effects.Count);
    }

    private static async Task<List<string>> OwnedAsync(IKubernetes client, string installation)
    {
        ResourceList leases = await client.ListAsync(ResourceType.Leases, GuardId.FenceNamespace, null, CancellationToken.None);
        return [.. leases.Items
            .Where(lease => (string?)lease["metadata"]?["annotations"]?[GuardId.InstallationAnnotation] == installation)
            .Select(lease => (string)lease["metadata"]!["name"]!)];
    }
}
