using Orchestrator.Activities.Kafka;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

/// <summary>How full the brokers' disks are, told by each of them.</summary>
[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadDisksTests(KafkaLab lab) : KafkaLabTest(lab)
{
    [LabFact]
    public async Task ReadDisks_OfAWholeCluster_AreTheVolumesOfTheBrokersFolders()
    {
        await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);

        IReadOnlyList<DiskSnapshot> disks = await Lab.Kafka.ReadDisksAsync(Lab.Address, Limit);

        Assert.Equal([0, 1, 2], disks.Select(disk => disk.Broker));
        Assert.All(disks, disk =>
        {
            Assert.True(Directory.Exists(disk.Folder), disk.Folder);
            DriveInfo volume = new(disk.Folder!);
            Assert.Equal(volume.TotalSize, disk.TotalBytes);

            // Others write to this machine's disk between the two readings.
            Assert.InRange(
                disk.UsableBytes, volume.AvailableFreeSpace - (volume.TotalSize / 20), volume.AvailableFreeSpace + (volume.TotalSize / 20));
        });
    }

    [LabFact]
    public async Task ReadDisks_ABrokerDies_IsNamedUntilItIsOutOfTheCluster()
    {
        await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        await Lab.Servers.Faults.KillAsync("kafka-2");
        try
        {
            List<string> said = [];
            while (await TryReadAsync(said) is not [{ Broker: 0 }, { Broker: 1 }])
            {
            }

            // The first question may itself have gone to the broker that died, or to one that is busy electing leaders in its place.
            Assert.All(said, sentence => Assert.Matches("^(log folders of broker 2|brokers through [0-9.:,]+): ", sentence));
            Assert.Contains(said, sentence => sentence.StartsWith("log folders of broker 2: ", StringComparison.Ordinal));
        }
        finally
        {
            await Lab.Servers.Faults.StartAsync("kafka-2");
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    private async Task<IReadOnlyList<DiskSnapshot>?> TryReadAsync(List<string> said)
    {
        try
        {
            return await Lab.Kafka.ReadDisksAsync(Lab.Address, Limit);
        }
        catch (KafkaUnreadableException e)
        {
            said.Add($"{e.Unread}: {e.Reason}");
            return null;
        }
    }
}
