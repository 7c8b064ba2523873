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
                    merged[name] = MergeList(merged[name] as JsonArray ?? [], items, field);
                    break;
                default:
                    merged[name] = change.DeepClone();
                    break;
            }
        }

        FollowListDirectives(merged, patch, schema);
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

    private static void FollowListDirectives(JsonObject merged, JsonObject patch, Schema schema)
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
            else if (directive.StartsWith(ElementOrder, StringComparison.Ordinal))
            {
                string name = directive[ElementOrder.Length..];
                if (merged[name] is JsonArray list)
                {
                    merged[name] = Ordered(list, (JsonArray)value!, schema.Field(name) ?? Schema.Any);
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

    // Items that the order does not name stay after the item that they stood after.
    private static JsonArray Ordered(JsonArray items, JsonArray order, Schema schema)
    {
        string? key = schema.PatchMergeKey;
        List<JsonNode?> all = [.. items.Select(each => each?.DeepClone())];
        List<JsonNode?> named =
        [
            .. order.Select(wanted => all.Find(each => IsSame(each, wanted))).Where(each => each is not null),
        ];
        List<JsonNode?> result = [.. named];
        for (int i = 0; i < all.Count; i++)
        {
            if (!named.Contains(all[i]))
            {
                int before = i == 0 ? -1 : result.IndexOf(all[i - 1]);
                result.Insert(before + 1, all[i]);
            }
        }

        return [.. result];

        bool IsSame(JsonNode? item, JsonNode? wanted) =>
            key is null ? JsonNode.DeepEquals(item, wanted) : JsonNode.DeepEquals(item?[key], wanted?[key]);
    }
}
