using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>Merges an applied configuration into an object, and takes out of it what its owner no longer wants.</summary>
internal static class ObjectMerge
{
    /// <summary>The object with what the configuration says; neither is changed.</summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? config, Schema schema) => (live, config) switch
    {
        (JsonObject old, JsonObject wanted) when !schema.IsAtomic => MergeObjects(old, wanted, schema),
        (JsonArray old, JsonArray wanted) when schema.Type == "array" && !schema.IsAtomic => MergeLists(old, wanted, schema),
        _ => config?.DeepClone(),
    };

    /// <summary>Takes fields out of an object in place, but not what lies below them and is kept.</summary>
    public static void Remove(JsonNode? node, Schema schema, FieldSet fields, FieldSet kept)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach ((string step, FieldSet below) in fields.Children.Where(each => each.Key[0] == 'f'))
                {
                    string name = step[2..];
                    if (kept.Children.TryGetValue(step, out FieldSet? stays) && !stays.IsEmpty)
                    {
                        Remove(obj[name], schema.Field(name) ?? Schema.Any, below, stays);
                    }
                    else if (below.IsMember)
                    {
                        obj.Remove(name);
                    }
                    else
                    {
                        Remove(obj[name], schema.Field(name) ?? Schema.Any, below, new FieldSet());
                        RemoveEmpty(obj, name);
                    }
                }

                break;
            case JsonArray items when schema.Type == "array":
                foreach (JsonNode? item in items.ToList())
                {
                    if (FieldStep.Item(item, schema) is not { } step || !fields.Children.TryGetValue(step, out FieldSet? below))
                    {
                        continue;
                    }

                    if (below.IsMember && !(kept.Children.TryGetValue(step, out FieldSet? stays) && !stays.IsEmpty))
                    {
                        items.Remove(item);
                    }
                    else
                    {
                        Remove(item, schema.Items ?? Schema.Any, below, kept.Children.GetValueOrDefault(step) ?? new FieldSet());
                    }
                }

                break;
            default:
                break;
        }
    }

    private static void RemoveEmpty(JsonObject obj, string name)
    {
        if (obj[name] is JsonObject { Count: 0 } or JsonArray { Count: 0 })
        {
            obj.Remove(name);
        }
    }

    private static JsonObject MergeObjects(JsonObject live, JsonObject config, Schema schema)
    {
        JsonObject merged = (JsonObject)live.DeepClone();
        foreach ((string name, JsonNode? wanted) in config)
        {
            merged[name] = live.ContainsKey(name)
                ? Merge(live[name], wanted, schema.Field(name) ?? Schema.Any)
                : wanted?.DeepClone();
        }

        return merged;
    }

    // The order of the configuration holds for what is in it; what is not, stays after what it stood after.
    private static JsonArray MergeLists(JsonArray live, JsonArray config, Schema schema)
    {
        List<(string? Step, JsonNode? Item)> old = [.. live.Select(item => (FieldStep.Item(item, schema), item))];
        List<(string? Step, JsonNode? Item)> wanted = [.. config.Select(item => (FieldStep.Item(item, schema), item))];
        HashSet<string?> inConfig = [.. wanted.Select(each => each.Step)];
        JsonArray merged = [];
        int next = 0;
        foreach ((string? step, JsonNode? item) in old)
        {
            if (!inConfig.Contains(step))
            {
                merged.Add(item?.DeepClone());
                continue;
            }

            int place = wanted.FindIndex(each => each.Step == step);
            for (; next <= place; next++)
            {
                Add(wanted[next]);
            }
        }

        for (; next < wanted.Count; next++)
        {
            Add(wanted[next]);
        }

        return merged;

        void Add((string? Step, JsonNode? Item) each)
        {
            JsonNode? before = old.Find(one => one.Step == each.Step).Item;
            merged.Add(before is null ? each.Item?.DeepClone() : Merge(before, each.Item, schema.Items ?? Schema.Any));
        }
    }
}
