using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kafka.Nodes;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>The Jolokia agents of all nodes: reads of beans and of patterns, one or many in a request, as Jolokia 2 answers them.</summary>
internal sealed class JolokiaAgent(ClusterState state)
{
    private const int Found = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;

    private readonly NodeBeans _beans = new(state);

    /// <summary>Answers a request to a node; null where no agent answers there.</summary>
    public JsonNode? Answer(int node, JsonNode? request)
    {
        IReadOnlyList<(BeanName, JsonObject)>? beans =
            state.Brokers.Find(node) is { } broker ? IsUp(broker) ? _beans.Of(broker) : null
            : state.Quorum.Controllers.GetValueOrDefault(node) is { } controller && IsUp(controller) ? _beans.Of(controller)
            : null;
        return beans is null ? null
            : request is JsonArray many ? new JsonArray([.. many.Select(one => Read(beans, one))])
            : Read(beans, request);
    }

    private bool IsUp(Node node) => node.Phase != ProcessPhase.Ended && state.Now - node.StartedAt >= Patience(node);

    private TimeSpan Patience(Node node) => node.Phase == ProcessPhase.Starting ? state.Timings.Agent : TimeSpan.Zero;

    private JsonObject Read(IReadOnlyList<(BeanName Name, JsonObject Attributes)> beans, JsonNode? request)
    {
        JsonObject? asked = request as JsonObject;
        if (asked?["type"]?.GetValue<string>() != "read" || asked["mbean"]?.GetValue<string>() is not { } text)
        {
            return Failure(asked, BadRequest, "java.lang.IllegalArgumentException", "Only reads of beans are answered here.");
        }

        BeanName name;
        try
        {
            name = BeanName.Parse(text);
        }
        catch (FormatException e)
        {
            return Failure(asked, BadRequest, "javax.management.MalformedObjectNameException", e.Message);
        }

        List<(BeanName Name, JsonObject Attributes)> found = [.. beans.Where(bean => name.Matches(bean.Name))];
        if (found.Count == 0)
        {
            return Failure(
                asked,
                NotFound,
                "javax.management.InstanceNotFoundException",
                name.IsPattern ? $"No MBean with pattern {text} found for reading attributes" : text);
        }

        return new()
        {
            ["request"] = asked.DeepClone(),
            ["value"] = name.IsPattern
                ? new JsonObject(found.Select(bean => KeyValuePair.Create(
                    bean.Name.ToString(), (JsonNode?)Selected(bean.Attributes, asked["attribute"]))))
                : Selected(found[0].Attributes, asked["attribute"]),
            ["status"] = Found,
            ["timestamp"] = state.Now.ToUnixTimeSeconds(),
        };
    }

    // A single attribute comes without its name.
    private static JsonNode? Selected(JsonObject attributes, JsonNode? wanted) => wanted switch
    {
        JsonArray names => new JsonObject(attributes
            .Where(attribute => names.Any(name => name?.GetValue<string>() == attribute.Key))
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone()))),
        JsonValue name => attributes[name.GetValue<string>()]?.DeepClone(),
        _ => attributes,
    };

    private static JsonObject Failure(JsonObject? asked, int status, string type, string text) => new()
    {
        ["request"] = asked?.DeepClone(),
        ["error_type"] = type,
        ["error"] = $"{type} : {text}",
        ["status"] = status,
    };
}
