using System.Text.Json.Nodes;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>The beans that a Kafka process is asked for, and what they say.</summary>
/// <remarks>
/// Every bean has an answer of its own: brokers have beans that controllers lack, and the other way round (404), which says nothing of
/// the rest.
/// </remarks>
internal static class JolokiaBeans
{
    private const int Found = 200;
    private const int NotFound = 404;
    private const int LongestText = 200;

    // A metric that was never set tells the age of the epoch.
    private static readonly TimeSpan LongestLag = TimeSpan.FromDays(100 * 365);

    private static readonly string[] Beans =
    [
        "kafka.server:type=raft-metrics",
        "kafka.server:type=KafkaServer,name=BrokerState",
        "kafka.server:type=ReplicaManager,name=ReassigningPartitions",
        "kafka.log:type=LogManager,name=remainingSegmentsToRecover,*",
        "kafka.server:type=app-info,id=*",
        "kafka.server:type=broker-metadata-metrics",
        "kafka.controller:type=KafkaController,name=GlobalTopicCount",
        "kafka.log:type=LogManager,name=remainingLogsToRecover,*",
        "kafka.log:type=LogManager,name=OfflineLogDirectoryCount",
        "kafka.controller:type=KafkaController,name=ActiveControllerCount",
        "kafka.controller:type=KafkaController,name=LastAppliedRecordLagMs",
    ];

    /// <summary>The body that asks for all of them.</summary>
    public static string Request { get; } =
        new JsonArray([.. Beans.Select(bean => new JsonObject { ["type"] = "read", ["mbean"] = bean })]).ToJsonString();

    /// <summary>What the answer says.</summary>
    /// <exception cref="FormatException">It does not answer what was asked.</exception>
    public static NodeReading Read(NodeAddress node, JsonNode? answer)
    {
        if (answer is not JsonArray { Count: var count } answers || count != Beans.Length)
        {
            throw new FormatException($"expected {Beans.Length} answers.");
        }

        JsonObject? raft = Value(answers, 0);
        return new NodeReading(node.Pod, NodeId(Value(answers, 4)) ?? node.NodeId, Failure: null)
        {
            Raft = raft is null ? null : Raft(raft),
            BrokerState = Number(Value(answers, 1)),
            Reassigning = Number(Value(answers, 2)),
            RemainingSegments = Sum(Value(answers, 3)),
            RemainingLogs = Sum(Value(answers, 7)),
            OfflineLogDirs = Number(Value(answers, 8)),
            MetadataLag = Milliseconds(Value(answers, 5), "last-applied-record-lag-ms") ?? Milliseconds(Value(answers, 10), "Value"),
            Topics = Number(Value(answers, 6)),
            ActiveControllers = Number(Value(answers, 9)),
        };
    }

    private static JsonObject? Value(JsonArray answers, int index)
    {
        JsonObject answer = answers[index] as JsonObject ?? throw new FormatException($"there is no answer for {Beans[index]}.");
        return (Finite(answer["status"]) is { } status ? (int)status : (int?)null) switch
        {
            Found => answer["value"] as JsonObject ?? throw new FormatException($"the value of {Beans[index]} is not an object."),
            NotFound => null,
            var other => throw new FormatException($"{Beans[index]} has status {other?.ToString() ?? "(none)"}: {Short(answer["error"])}"),
        };
    }

    // A bean for each thread or folder.
    private static int? Sum(JsonObject? beans) => beans?.Sum(bean => Number(bean.Value as JsonObject) ?? 0);

    private static TimeSpan? Milliseconds(JsonObject? bean, string metric) =>
        bean is not null && Finite(
            bean[metric]) is { } lag ? TimeSpan.FromMilliseconds(Math.Clamp(lag, 0, LongestLag.TotalMilliseconds)) : null;

    // What is there and is not a number must not look like a bean that is missing.
    private static int? Number(JsonObject? bean) => bean is null ? null
        : Finite(bean["Value"]) is { } number && number is >= int.MinValue and <= int.MaxValue ? (int)number
        : throw new FormatException($"a Value is {Short(bean["Value"])}, which is not a number.");

    // The metrics are floating-point numbers all of them; a leader that is not known is -1.
    private static RaftReading Raft(JsonObject bean) => new(
        bean["current-state"] is JsonValue state && state.TryGetValue(out string? text)
            ? text
            : throw new FormatException("raft-metrics has no current-state."),
        Whole(bean, "current-leader") is { } leader and >= 0 ? (int)leader : null,
        (int)(Whole(bean, "current-epoch") ?? 0),
        Whole(bean, "log-end-offset") ?? 0,
        (int?)Whole(bean, "number-of-voters"),
        (int?)Whole(bean, "number-of-observers"));

    private static long? Whole(JsonObject bean, string metric) => Finite(bean[metric]) is { } number ? (long)number : null;

    private static double? Finite(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number : null;

    private static string Short(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length > LongestText ? $"{text[..LongestText]}…" : text;
    }

    // "kafka.server:id=100,type=app-info": the id of the process stands in the bean's name, in either order.
    private static int? NodeId(JsonObject? beans)
    {
        List<int> ids =
        [
            .. from bean in beans?.Select(bean => bean.Key) ?? []
               from property in bean[(bean.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',')
               where property.StartsWith("id=", StringComparison.Ordinal)
               let id = int.TryParse(property.AsSpan(3), out int number) ? number : (int?)null
               where id is not null
               select id.Value,
        ];
        return ids.Count == 1 ? ids[0] : null;
    }
}
