using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka.Canary;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class KafkaCanaryTests(KafkaLab lab) : KafkaLabTest(lab)
{
    [LabFact]
    public async Task Canary_OfThreeBrokers_WritesAndReadsAPartitionOfEachAndLeavesTheTopicEmpty()
    {
        await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        KafkaCanaryResult first = await Canary(TimeSpan.FromSeconds(30)).RunAsync(Lab.Address, Limit);
        KafkaCanaryResult second = await Canary(TimeSpan.FromSeconds(30)).RunAsync(Lab.Address, Limit);

        Assert.Equal([0, 1, 2], second.Records.Select(record => record.Partition));
        Assert.Equal(first.Records.Select(record => record.Offset + 1), second.Records.Select(record => record.Offset));
        Assert.All(second.Records, record => Assert.True(
            TimeSpan.Zero < record.AcknowledgedAfter && record.AcknowledgedAfter <= record.ReadAfter, $"{record}"));
        Assert.Null(second.NotTidied);
        Assert.Equal([0L, 0L, 0L], await LeftAsync());
        Assert.DoesNotContain((await Lab.Admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == CanaryTopic.Name);
        TopicReading topic = (await Lab.ReadAsync(
            read => read.Topics.Any(each => each.Name == CanaryTopic.Name), Limit)).Topics.Single(each => each.Name == CanaryTopic.Name);
        Assert.Equal((3, 2), (topic.Partitions[0].Replicas.Count, topic.MinInSync));
    }

    [LabFact]
    public async Task Canary_PartitionsThatMayNotBeWritten_NamesOneAndMayBeTriedAgain()
    {
        await Canary(TimeSpan.FromSeconds(30)).RunAsync(Lab.Address, Limit);
        // More in-sync replicas than there are replicas no longer stops writes; one that is away does.
        await SetMinInSyncAsync("3");
        await Lab.Servers.Faults.StopAsync("kafka-2");
        try
        {
            KafkaCanaryException error = await Assert.ThrowsAsync<KafkaCanaryException>(
                () => Canary(TimeSpan.FromSeconds(4)).RunAsync(Lab.Address, Limit));

            Assert.Matches("^A record for orchestrator-canary-[012] was not acknowledged by all in-sync replicas: ", error.Message);
            Assert.Equal(FailureClass.Transient, Failures.Classify(error)!.Value.Class);
        }
        finally
        {
            await Lab.Servers.Faults.StartAsync("kafka-2");
            await SetMinInSyncAsync(null);
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    private static KafkaCanary Canary(TimeSpan limit) =>
        new(KafkaLab.Calls(limit), Options.Create(new KafkaClientOptions { CallTimeout = limit }));

    private async Task<IEnumerable<long>> LeftAsync()
    {
        long[][] ends = await Task.WhenAll(new[] { OffsetSpec.Earliest(), OffsetSpec.Latest() }.Select(async spec =>
            (await Lab.Admin.ListOffsetsAsync(Enumerable.Range(0, 3).Select(partition => new TopicPartitionOffsetSpec
            {
                TopicPartition = new(CanaryTopic.Name, partition),
                OffsetSpec = spec,
            }))).ResultInfos.OrderBy(
                end => end.TopicPartitionOffsetError.Partition.Value).Select(end => end.TopicPartitionOffsetError.Offset.Value).ToArray()));
        return ends[1].Zip(ends[0], (latest, earliest) => latest - earliest);
    }

    private Task SetMinInSyncAsync(string? value) => Lab.Admin.IncrementalAlterConfigsAsync(new()
    {
        [new() { Type = ResourceType.Topic, Name = CanaryTopic.Name }] =
            [new() { Name = "min.insync.replicas", Value = value ?? "2", IncrementalOperation = AlterConfigOpType.Set }],
    });
}
