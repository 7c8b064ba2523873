using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>Makes a cluster out of a scenario.</summary>
internal static class ClusterBuilder
{
    private const int MostReplicas = 3;

    /// <exception cref="KafkaRefusalException">The scenario asks for what Kafka would refuse.</exception>
    public static ClusterState Build(KafkaScenario scenario, TimeProvider clock)
    {
        ClusterState state = new(clock, scenario.Timings, scenario.ClusterId, scenario.Version);
        foreach ((string feature, string level) in scenario.Features)
        {
            state.Features.Begin(feature, level);
        }

        Copy(scenario.BrokerSettings, state.BrokerFile);
        if (state.Features.HasEligibleLeaders)
        {
            // The controllers set it for all brokers when the feature comes to be, out of their own file.
            state.ClusterSettings[Topic.MinInSync] = scenario.ControllerSettings.GetValueOrDefault(Topic.MinInSync, "1");
        }

        Copy(scenario.ClusterSettings, state.ClusterSettings);
        foreach (UserScenario user in scenario.Users)
        {
            state.Access.Users[user.Name] = user.Password;
            _ = user.IsSuperUser && state.Access.SuperUsers.Add(user.Name);
        }

        state.Access.Acls.AddRange(scenario.Acls);
        AddNodes(state, scenario);
        foreach (TopicScenario topic in scenario.Topics)
        {
            AddTopics(state, topic);
        }

        return state;
    }

    /// <summary>The brokers of each partition of a topic, spread evenly over brokers and racks.</summary>
    /// <exception cref="KafkaRefusalException">There are fewer brokers than replicas.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Spread(ClusterState state, int partitions, int replicas, int begin = 0)
    {
        // On brokers that are up; before a cluster is started, on all that it will have.
        List<int> up = [.. state.Brokers.All.Where(broker => broker.IsUnfenced).Select(broker => broker.Id)];
        List<int> ids = up.Count > 0 ? up : [.. state.Brokers.All.Select(broker => broker.Id)];
        if (replicas < 1 || replicas > ids.Count)
        {
            throw new KafkaRefusalException(
                "InvalidReplicationFactor",
                $"Unable to replicate the partition {replicas} time(s): The target replication factor of {replicas} cannot be reached "
                    + $"because only {ids.Count} broker(s) are registered.");
        }

        // Neighbours lie in different racks.
        return
        [
            .. Enumerable.Range(begin, partitions).Select(
                partition => (IReadOnlyList<int>)[.. Enumerable.Range(partition, replicas).Select(at => ids[at % ids.Count])]),
        ];
    }

    /// <summary>Adds a topic, whole from the start where its brokers run.</summary>
    public static Topic AddTopic(ClusterState state, string name, IReadOnlyList<IReadOnlyList<int>> assignment)
    {
        Topic topic = new(name);
        foreach (IReadOnlyList<int> replicas in assignment)
        {
            AddPartition(state, topic, replicas);
        }

        state.Topics.Add(name, topic);
        return topic;
    }

    /// <summary>Adds a partition to a topic.</summary>
    public static void AddPartition(ClusterState state, Topic topic, IReadOnlyList<int> replicas)
    {
        Partition partition = new(topic, topic.Partitions.Count) { Replicas = [.. replicas], CountedAt = state.Now };
        foreach (int id in replicas)
        {
            bool isUp = state.Brokers[id].IsUnfenced;
            partition.Logs[id] = new(id) { IsCurrent = isUp };
            state.Brokers[id].Hosted.Add(partition);
        }

        // Of a cluster that has yet to be started, all were in sync when it stopped.
        List<int> up = [.. replicas.Where(id => state.Brokers[id].IsUnfenced)];
        partition.InSync = up.Count > 0 ? up : [.. replicas];
        partition.Leader = up.Count > 0 ? up[0] : null;
        topic.Partitions.Add(partition);
    }

    private static void AddNodes(ClusterState state, KafkaScenario scenario)
    {
        for (int ordinal = 0; ordinal < scenario.Controllers; ordinal++)
        {
            Controller controller = new(scenario.ControllerIdOffset + ordinal, scenario.Version);
            state.Quorum.Controllers.Add(controller.Id, controller);
        }

        for (int ordinal = 0; ordinal < scenario.Brokers; ordinal++)
        {
            Broker broker = new(
                scenario.BrokerIdOffset + ordinal, $"rack-{ordinal % Math.Max(1, scenario.Racks)}", scenario.Version);
            for (int folder = 0; folder < Math.Max(1, scenario.Disks.Folders); folder++)
            {
                broker.Folders.Add(new($"/mnt/data/data{folder}/logs", scenario.Disks.TotalBytes, scenario.Disks.OtherBytes));
            }

            state.Brokers.Add(broker);
            if (scenario.Running)
            {
                state.Brokers.Form(broker);
            }
        }

        if (scenario.Running)
        {
            state.Quorum.Form();
        }
    }

    private static void AddTopics(ClusterState state, TopicScenario scenario)
    {
        int replicas = scenario.ReplicationFactor ?? Math.Min(MostReplicas, state.Brokers.All.Count());
        for (int number = 0; number < (scenario.Count ?? 1); number++)
        {
            string name = scenario.Count is null ? scenario.Name : $"{scenario.Name}-{number}";
            Topic topic = AddTopic(
                state, name, scenario.Assignment ?? Spread(state, scenario.Partitions, replicas, number * scenario.Partitions));
            Copy(scenario.Settings, topic.Settings);
            (topic.RecordsPerSecond, topic.RecordBytes, topic.Bytes) = (scenario.RecordsPerSecond, scenario.RecordBytes, scenario.Bytes);
        }
    }

    private static void Copy(IReadOnlyDictionary<string, string> from, Dictionary<string, string> to)
    {
        foreach ((string name, string value) in from)
        {
            to[name] = value;
        }
    }
}
