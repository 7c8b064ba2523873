using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Patches;

/// <summary>
/// Applies a strategic merge patch: lists whose schema has a merge key are merged item by item, and the directives <c>$patch</c>,
/// <c>$deleteFromPrimitiveList</c>, <c>$setElementOrder</c> and <c>$retainKeys</c> are followed.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";
    private const string RetainKeys = "$retainKeys";

    /// <summary>The object with the patch merged into it; neither is changed.</summary>
    /// <exception cref="StatusException">An item of a list lacks the key to find it by (400).</exception>
    public static JsonObject Apply(JsonObject obj, JsonObject patch, Schema schema)
    {
        if ((string?)patch[Directive] is { } directive)
        {
            JsonObject given = (JsonObject)patch.DeepClone();
            given.Remove(Directive);
            return directive switch
            {
                "replace" => given,
                "delete" => [],
                "merge" => Apply(obj, given, schema),
                _ => throw StatusException.BadRequest($"Unknown patch type found: {directive}"),
            };
        }

        JsonObject merged = (JsonObject)obj.DeepClone();
        Retain(merged, patch);
        foreach ((string name, JsonNode? change) in patch.Where(each => !each.Key.StartsWith('$')))
        {
            Schema field = schema.Field(name) ?? Schema.Any;
            switch (change)
            {
                case null:
                    merged.Remove(name);
                    break;
                case JsonObject below:
                    JsonObject result = Apply(merged[name] as JsonObject ?? [], below, field);
                    if ((string?)below[Directive] == "delete")
                    {
                        merged.Remove(name);
                    }
                    else
                    {
                        merged[name] = result;
                    }

                    break;
                case JsonArray items when field.PatchStrategy.Contains("merge"):
                    JsonArray live = merged[name] as JsonArray ?? [];
                    merged[name] = Ordered(MergeList(live, items, field), live, patch[ElementOrder + name] as JsonArray ?? items, field);
                    break;
                default:
                    merged[name] = change.DeepClone();
                    break;
            }
        }

        FollowListDirectives(merged, patch);
        foreach ((string ordering, JsonNode? order) in patch)
        {
            string name = ordering.StartsWith(ElementOrder, StringComparison.Ordinal) ? ordering[ElementOrder.Length..] : "";
            if (!patch.ContainsKey(name) && merged[name] is JsonArray items)
            {
                merged[name] = Ordered(items, items, (JsonArray)order!, schema.Field(name) ?? Schema.Any);
            }
        }

        return merged;
    }

    private static void Retain(JsonObject merged, JsonObject patch)
    {
        if (patch[RetainKeys] is JsonArray kept)
        {
            HashSet<string> names = [.. kept.Select(each => (string)each!)];
            foreach (string name in merged.Select(each => each.Key).Where(name => !names.Contains(name)).ToList())
            {
                merged.Remove(name);
            }
        }
    }

    private static void FollowListDirectives(JsonObject merged, JsonObject patch)
    {
        foreach ((string directive, JsonNode? value) in patch)
        {
            if (directive.StartsWith(DeleteFrom, StringComparison.Ordinal) && merged[directive[DeleteFrom.Length..]] is JsonArray items)
            {
                foreach (JsonNode? gone in (JsonArray)value!)
                {
                    items.RemoveAll(item => JsonNode.DeepEquals(item, gone));
                }
            }
        }
    }

    private static JsonArray MergeList(JsonArray live, JsonArray patch, Schema schema)
    {
        if (schema.PatchMergeKey is not { } key)
        {
            IEnumerable<JsonNode?> added = patch.Where(each => !live.Any(one => JsonNode.DeepEquals(one, each)));
            return [.. live.Concat(added).Select(each => each?.DeepClone())];
        }

        if (patch.Any(each => (string?)each?[Directive] == "replace"))
        {
            return [.. patch.Where(each => each?[Directive] is null).Select(each => each?.DeepClone())];
        }

        List<JsonNode?> merged = [.. live.Select(each => each?.DeepClone())];
        foreach (JsonObject change in patch.Cast<JsonObject>())
        {
            JsonNode id = change[key] ?? throw StatusException.BadRequest(
                $"map: {change.ToJsonString()} does not contain declared merge key: {key}");
            int place = merged.FindIndex(each => JsonNode.DeepEquals(each?[key], id));
            if ((string?)change[Directive] == "delete")
            {
                merged.RemoveAll(each => JsonNode.DeepEquals(each?[key], id));
            }
            else if (place >= 0)
            {
                merged[place] = Apply((JsonObject)merged[place]!, change, schema.Items ?? Schema.Any);
            }
            else
            {
                merged.Add(Apply([], change, schema.Items ?? Schema.Any));
            }
        }

        return [.. merged];
    }

    // What the patch names stands in its order; what it does not name stands before what it stood before, and after the rest.
    private static JsonArray Ordered(JsonArray items, JsonArray live, JsonArray order, Schema schema)
    {
        string? key = schema.PatchMergeKey;
        List<JsonNode?> named =
            [.. order.Select(wanted => items.FirstOrDefault(item => IsSame(item, wanted))).Where(item => item is not null)];
        List<JsonNode?> others = [.. items.Where(item => !named.Contains(item))];
        JsonArray result = [];
        int next = 0;
        foreach (JsonNode? item in named)
        {
            int place = PlaceOf(item);
            while (next < others.Count && place >= 0 && PlaceOf(others[next]) is var other && other >= 0 && other < place)
            {
                result.Add(others[next++]?.DeepClone());
            }

            result.Add(item?.DeepClone());
        }

        foreach (JsonNode? item in others.Skip(next))
        {
            result.Add(item?.DeepClone());
        }

        return result;

        int PlaceOf(JsonNode? item) => live.ToList().FindIndex(each => IsSame(each, item));

        bool IsSame(JsonNode? item, JsonNode? wanted) =>
            key is null ? JsonNode.DeepEquals(item, wanted) : JsonNode.DeepEquals(item?[key], wanted?[key]);
    }
}
