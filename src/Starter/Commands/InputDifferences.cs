using System.Text.Json.Nodes;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary>How two input records of one procedure differ.</summary>
internal static class InputDifferences
{
    private const string Absent = "(not given)";

    // The key that both were sent with; and a binding to a plan, which one of them may lack.
    private static readonly string RequestId = $"change.{FieldName.Key(nameof(ChangeRequest.RequestId))}";
    private static readonly string PlanHash = $"change.{FieldName.Key(nameof(ChangeRequest.ExpectedPlanHash))}";

    /// <summary>A sentence for each field that differs, in the order of the newer record.</summary>
    public static IReadOnlyList<string> Between(JsonObject earlier, JsonObject now)
    {
        Dictionary<string, string> before = Leaves(earlier, "").ToDictionary(StringComparer.Ordinal);
        Dictionary<string, string> after = Leaves(now, "").ToDictionary(StringComparer.Ordinal);
        return
        [
            .. after.Keys.Concat(before.Keys).Distinct()
                .Where(key => key != RequestId && before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
                .Where(key => key != PlanHash || (before.ContainsKey(key) && after.ContainsKey(key)))
                .Select(key => $"{key} was {before.GetValueOrDefault(key, Absent)} and is now {after.GetValueOrDefault(key, Absent)}."),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonNode? node, string key) => node switch
    {
        null => [],
        JsonObject record => record.SelectMany(
            member => Leaves(member.Value, key.Length == 0 ? FieldName.Key(member.Key) : $"{key}.{FieldName.Key(member.Key)}")),
        JsonArray { Count: 0 } => [],
        _ => [KeyValuePair.Create(key, node.ToJsonString())],
    };
}
