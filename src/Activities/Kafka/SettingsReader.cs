using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Orchestrator.Activities.Kafka;

/// <summary>Reads the effective settings of brokers and topics.</summary>
internal sealed class SettingsReader(IAdminClient client, string source, TimeSpan limit)
{
    public async Task<IReadOnlyList<SettingsReading>> ReadAsync(IReadOnlyList<int> brokerIds, IReadOnlyList<string> topics)
    {
        // A broker answers for itself alone, and the client takes one of them in a call.
        List<SettingsReading> read = [.. await Task.WhenAll(brokerIds.Select(id => ReadAsync(ResourceType.Broker, $"{id}")))];
        read.AddRange(await Task.WhenAll(topics.Select(topic => ReadAsync(ResourceType.Topic, topic))));
        return read;
    }

    private async Task<SettingsReading> ReadAsync(ResourceType type, string name)
    {
        string subject = $"{(type == ResourceType.Broker ? "broker" : "topic")} {name}";
        try
        {
            List<DescribeConfigsResult> results = await client.DescribeConfigsAsync([new() { Type = type, Name = name }], new() { RequestTimeout = limit });
            return new(subject, [.. results.Single().Entries.Values.Select(Read).OrderBy(setting => setting.Name, StringComparer.Ordinal)]);
        }
        catch (DescribeConfigsException e)
        {
            throw new KafkaUnreadableException(source, $"{subject}: {e.Results.Single().Error.Reason}.", e) { Code = e.Results.Single().Error.Code };
        }
        catch (KafkaException e)
        {
            throw new KafkaUnreadableException(source, $"{subject}: {e.Error.Reason}.", e) { Code = e.Error.Code };
        }
    }

    private static SettingReading Read(ConfigEntryResult entry) => new(
        entry.Name,
        entry.IsSensitive ? null : entry.Value,
        entry.Source switch
        {
            ConfigSource.DefaultConfig => SettingOrigin.Default,
            ConfigSource.StaticBrokerConfig => SettingOrigin.Static,
            ConfigSource.DynamicBrokerConfig => SettingOrigin.DynamicBroker,
            ConfigSource.DynamicDefaultBrokerConfig => SettingOrigin.DynamicCluster,
            ConfigSource.DynamicTopicConfig => SettingOrigin.Topic,
            _ => SettingOrigin.Other,
        },
        entry.IsReadOnly,
        entry.IsSensitive);
}
