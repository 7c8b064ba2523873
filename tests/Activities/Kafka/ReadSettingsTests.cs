using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Orchestrator.Activities.Kafka;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadSettingsTests(KafkaLab lab) : BoundedTest
{
    private const string Threads = "log.cleaner.threads";

    [LabFact]
    public async Task ReadSettings_OfABrokerAndATopic_TellWhereEachWasSet()
    {
        string topic = await lab.CreateTopicAsync("set", [0, 1, 2], ("retention.ms", "1000"));
        await SetAsync(Threads, "2");
        try
        {
            IReadOnlyList<SettingsReading> read = await ReadAsync([1, 2], [topic], reading => Of(reading[0], Threads).Value == "2");

            Assert.Equal(["broker 1", "broker 2", $"topic {topic}"], read.Select(each => each.Subject));
            Assert.Equal((SettingOrigin.DynamicBroker, false, "2"), (Of(read[0], Threads).Origin, Of(read[0], Threads).IsReadOnly, Of(read[0], Threads).Value));
            Assert.Equal(SettingOrigin.Default, Of(read[1], Threads).Origin);
            Assert.Equal((SettingOrigin.Static, true), (Of(read[0], "node.id").Origin, Of(read[0], "node.id").IsReadOnly));
            Assert.Equal((null, true), (Of(read[0], "ssl.keystore.password").Value, Of(read[0], "ssl.keystore.password").IsSecret));
            Assert.Equal(("1000", SettingOrigin.Topic), (Of(read[2], "retention.ms").Value, Of(read[2], "retention.ms").Origin));
            Assert.DoesNotContain(read[1].Set, setting => setting.Name == Threads);
        }
        finally
        {
            await SetAsync(Threads, null);
        }
    }

    [LabFact]
    public async Task ReadSettings_OfATopicThatIsNotThere_NamesIt()
    {
        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => lab.Kafka.ReadSettingsAsync(lab.Address, [], ["nobody-made-this"], Limit));

        Assert.StartsWith("topic nobody-made-this: ", error.Reason, StringComparison.Ordinal);
    }

    private static SettingReading Of(SettingsReading reading, string name) => reading.Settings.Single(setting => setting.Name == name);

    private async Task<IReadOnlyList<SettingsReading>> ReadAsync(int[] brokers, string[] topics, Func<IReadOnlyList<SettingsReading>, bool> wanted)
    {
        while (true)
        {
            IReadOnlyList<SettingsReading> read = await lab.Kafka.ReadSettingsAsync(lab.Address, brokers, topics, Limit);
            if (wanted(read))
            {
                return read;
            }
        }
    }

    private Task SetAsync(string name, string? value) => lab.Admin.IncrementalAlterConfigsAsync(new()
    {
        [new() { Type = ResourceType.Broker, Name = "1" }] =
            [new() { Name = name, Value = value, IncrementalOperation = value is null ? AlterConfigOpType.Delete : AlterConfigOpType.Set }],
    });
}
