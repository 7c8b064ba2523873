using Confluent.Kafka;
using Orchestrator.Activities.Kafka;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadGroupsTests(KafkaLab lab) : BoundedTest
{
    [LabFact]
    public async Task ReadGroups_AGroupThatReadsAndOneThatIsGone_TellsMembersAndLag()
    {
        string topic = await lab.CreateTopicAsync("lagging", [0, 1, 2]);
        string reading = $"reads-{Guid.NewGuid():N}";
        string gone = $"gone-{Guid.NewGuid():N}";
        using (IProducer<Null, string> producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = lab.Address.BootstrapServers }).Build())
        {
            for (int i = 0; i < 10; i++)
            {
                await producer.ProduceAsync(topic, new() { Value = $"{i}" }, Limit);
            }
        }

        using IConsumer<Ignore, string> member = Consumer(reading, topic, 4);
        using (IConsumer<Ignore, string> left = Consumer(gone, topic, 10))
        {
            left.Close();
        }

        IReadOnlyList<ConsumerGroupReading> groups = await lab.Kafka.ReadGroupsAsync(lab.Address, Limit);

        ConsumerGroupReading stable = groups.Single(group => group.Group == reading);
        Assert.Equal(("Stable", 1, 6L), (stable.State, stable.Members, stable.Lag));
        Assert.Equal([new GroupPartitionReading(topic, 0, 4, 10)], stable.Partitions);
        ConsumerGroupReading empty = groups.Single(group => group.Group == gone);
        Assert.Equal(("Empty", 0, 0L), (empty.State, empty.Members, empty.Lag));
        member.Close();
    }

    private IConsumer<Ignore, string> Consumer(string group, string topic, int records)
    {
        IConsumer<Ignore, string> consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = lab.Address.BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Subscribe(topic);
        for (int i = 0; i < records; i++)
        {
            consumer.Commit(consumer.Consume(Limit));
        }

        return consumer;
    }
}
