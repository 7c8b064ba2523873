using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>
/// A set of fields of an object, as <c>managedFields</c> write it: a tree whose steps are fields (<c>f:</c>), items by their keys
/// (<c>k:</c>) and items by their values (<c>v:</c>). A node that is a member stands for the field itself.
/// </summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    /// <summary>Whether the field itself belongs to the set.</summary>
    public bool IsMember { get; set; }

    /// <summary>What lies below, by the step that leads there.</summary>
    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    /// <summary>Whether nothing belongs to it.</summary>
    public bool IsEmpty => !IsMember && _children.Values.All(child => child.IsEmpty);

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    public static FieldSet Read(JsonObject fields)
    {
        FieldSet set = new();
        foreach ((string step, JsonNode? below) in fields)
        {
            if (step == ".")
            {
                set.IsMember = true;
                continue;
            }

            FieldSet child = Read((JsonObject)below!);
            child.IsMember |= child._children.Count == 0;
            set._children[step] = child;
        }

        return set;
    }

    /// <summary>As <c>fieldsV1</c>.</summary>
    public JsonObject Write()
    {
        JsonObject fields = [];
        if (IsMember && _children.Count > 0)
        {
            fields["."] = new JsonObject();
        }

        foreach ((string step, FieldSet child) in _children.Where(each => !each.Value.IsEmpty))
        {
            fields[step] = child.Write();
        }

        return fields;
    }

    /// <summary>The node below a step, which is made where it is missing.</summary>
    public FieldSet At(string step)
    {
        if (!_children.TryGetValue(step, out FieldSet? child))
        {
            _children[step] = child = new FieldSet();
        }

        return child;
    }

    /// <summary>Takes out everything below a step.</summary>
    public void Cut(string step) => _children.Remove(step);

    /// <summary>What belongs to this set or to another.</summary>
    public FieldSet Union(FieldSet other)
    {
        FieldSet result = new() { IsMember = IsMember || other.IsMember };
        foreach (string step in _children.Keys.Union(other._children.Keys))
        {
            result._children[step] = (_children.GetValueOrDefault(step), other._children.GetValueOrDefault(step)) switch
            {
                ({ } mine, { } theirs) => mine.Union(theirs),
                var (mine, theirs) => mine ?? theirs!,
            };
        }

        return result;
    }

    /// <summary>What belongs to this set and not to another.</summary>
    public FieldSet Minus(FieldSet other)
    {
        FieldSet result = new() { IsMember = IsMember && !other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            FieldSet left = other._children.TryGetValue(step, out FieldSet? theirs) ? child.Minus(theirs) : child;
            if (!left.IsEmpty)
            {
                result._children[step] = left;
            }
        }

        return result;
    }

    /// <summary>What belongs to both.</summary>
    public FieldSet And(FieldSet other)
    {
        FieldSet result = new() { IsMember = IsMember && other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            if (other._children.TryGetValue(step, out FieldSet? theirs) && child.And(theirs) is { IsEmpty: false } both)
            {
                result._children[step] = both;
            }
        }

        return result;
    }

    /// <summary>What belongs to this set and lies neither in another nor below a field of it.</summary>
    public FieldSet MinusAllBelow(FieldSet other)
    {
        FieldSet result = new() { IsMember = IsMember && !other.IsMember };
        foreach ((string step, FieldSet child) in _children)
        {
            FieldSet? left = !other._children.TryGetValue(step, out FieldSet? theirs) ? child
                : theirs.IsMember ? null
                : child.MinusAllBelow(theirs);
            if (left is { IsEmpty: false })
            {
                result._children[step] = left;
            }
        }

        return result;
    }

    /// <summary>The paths of the members, as errors write them: <c>.spec.containers[name="main"].image</c>.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        if (IsMember)
        {
            yield return prefix;
        }

        foreach ((string step, FieldSet child) in _children)
        {
            foreach (string path in child.Paths(prefix + FieldStep.Text(step)))
            {
                yield return path;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Write().ToJsonString();
}
