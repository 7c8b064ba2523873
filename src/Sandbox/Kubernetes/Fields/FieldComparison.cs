using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>Which fields an object has, and which differ between two states of it.</summary>
internal sealed class FieldComparison
{
    /// <summary>The fields whose value the later state sets or changes.</summary>
    public FieldSet Changed { get; } = new();

    /// <summary>The fields that the later state no longer has.</summary>
    public FieldSet Removed { get; } = new();

    /// <summary>Compares two states.</summary>
    public static FieldComparison Of(JsonNode? before, JsonNode? after, Schema schema)
    {
        FieldComparison comparison = new();
        comparison.Compare(before, after, schema, comparison.Changed, comparison.Removed);
        return comparison;
    }

    /// <summary>Leaves out what a write of the object, or of its status, cannot set.</summary>
    public void Forget(ResourceDefinition resource, string subresource)
    {
        foreach (FieldSet fields in new[] { Changed, Removed })
        {
            if (resource.HasStatus && subresource != "status")
            {
                fields.Cut("f:status");
            }
        }
    }

    /// <summary>The fields of an object that somebody sets who writes it whole.</summary>
    public static FieldSet FieldsOf(JsonNode? node, Schema schema)
    {
        FieldSet set = new();
        Collect(node, schema, set);
        return set;
    }

    private static void Collect(JsonNode? node, Schema schema, FieldSet set)
    {
        switch (node)
        {
            case JsonObject obj when !schema.IsAtomic && schema != Schema.Any:
                foreach ((string name, JsonNode? value) in obj)
                {
                    FieldSet child = set.At(FieldStep.Field(name));
                    Collect(value, schema.Field(name) ?? Schema.Any, child);
                    child.IsMember |= value is null or JsonObject { Count: 0 } || schema.Property(name) is null;
                }

                break;
            case JsonObject obj when schema == Schema.Any:
                CollectUntyped(obj, set);
                break;
            case JsonArray items when IsKeyed(schema):
                foreach (JsonNode? item in items)
                {
                    if (FieldStep.Item(item, schema) is { } step)
                    {
                        FieldSet child = set.At(step);
                        Collect(item, schema.Items ?? Schema.Any, child);
                        child.IsMember = true;
                    }
                }

                break;
            default:
                set.IsMember = true;
                break;
        }
    }

    // Whoever adds a map or a structure owns it beside its fields.
    private static void CollectAdded(JsonNode? node, Schema schema, FieldSet set)
    {
        set.IsMember = true;
        switch (node)
        {
            case JsonObject obj when !schema.IsAtomic:
                foreach ((string name, JsonNode? value) in obj)
                {
                    CollectAdded(value, schema.Field(name) ?? Schema.Any, set.At(FieldStep.Field(name)));
                }

                break;
            case JsonArray items when IsKeyed(schema):
                foreach (JsonNode? item in items)
                {
                    if (FieldStep.Item(item, schema) is { } step)
                    {
                        CollectAdded(item, schema.Items ?? Schema.Any, set.At(step));
                    }
                }

                break;
            default:
                break;
        }
    }

    // Where the schema says nothing, objects are taken apart and lists are not.
    private static void CollectUntyped(JsonObject obj, FieldSet set)
    {
        foreach ((string name, JsonNode? value) in obj)
        {
            FieldSet child = set.At(FieldStep.Field(name));
            if (value is JsonObject { Count: > 0 } below)
            {
                CollectUntyped(below, child);
            }
            else
            {
                child.IsMember = true;
            }
        }
    }

    private static bool IsKeyed(Schema schema) => schema.Type == "array" && !schema.IsAtomic;

    private void Compare(JsonNode? before, JsonNode? after, Schema schema, FieldSet changed, FieldSet removed)
    {
        switch (before, after)
        {
            case (JsonObject old, JsonObject obj) when !schema.IsAtomic:
                foreach (string name in old.Select(each => each.Key).Union(obj.Select(each => each.Key)))
                {
                    CompareChild(
                        old.ContainsKey(name), old[name], obj.ContainsKey(name), obj[name], schema.Field(name) ?? Schema.Any,
                        FieldStep.Field(name), changed, removed);
                }

                break;
            case (JsonArray old, JsonArray items) when IsKeyed(schema):
                Dictionary<string, JsonNode?> oldItems = ByStep(old, schema);
                Dictionary<string, JsonNode?> newItems = ByStep(items, schema);
                foreach (string step in oldItems.Keys.Union(newItems.Keys))
                {
                    CompareChild(
                        oldItems.ContainsKey(step), oldItems.GetValueOrDefault(step), newItems.ContainsKey(step),
                        newItems.GetValueOrDefault(step), schema.Items ?? Schema.Any, step, changed, removed);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(before, after))
                {
                    changed.IsMember = true;
                }

                break;
        }
    }

    private void CompareChild(
        bool wasThere, JsonNode? before, bool isThere, JsonNode? after, Schema schema, string step, FieldSet changed, FieldSet removed)
    {
        if (!wasThere)
        {
            CollectAdded(after, schema, changed.At(step));
        }
        else if (!isThere)
        {
            FieldSet gone = removed.At(step);
            Collect(before, schema, gone);
            gone.IsMember = true;
        }
        else
        {
            Compare(before, after, schema, changed.At(step), removed.At(step));
        }
    }

    private static Dictionary<string, JsonNode?> ByStep(JsonArray items, Schema schema)
    {
        Dictionary<string, JsonNode?> byStep = new(StringComparer.Ordinal);
        foreach (JsonNode? item in items)
        {
            if (FieldStep.Item(item, schema) is { } step)
            {
                byStep.TryAdd(step, item);
            }
        }

        return byStep;
    }
}
