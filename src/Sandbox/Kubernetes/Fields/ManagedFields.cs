using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>Who owns which fields of an object, as its <c>metadata.managedFields</c> say.</summary>
internal sealed class ManagedFields
{
    // What nobody owns: the server sets it, or it names the object.
    private static readonly string[] Unowned =
    [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion",
        "deletionTimestamp", "deletionGracePeriodSeconds", "generateName",
    ];

    private readonly List<Entry> _entries;

    private ManagedFields(List<Entry> entries) => _entries = entries;

    /// <summary>Reads the entries of an object.</summary>
    public static ManagedFields Of(JsonObject? obj)
    {
        List<Entry> entries = [];
        foreach (JsonNode? entry in obj?["metadata"]?["managedFields"] as JsonArray ?? [])
        {
            if (entry!["fieldsV1"] is JsonObject fields)
            {
                entries.Add(new Entry(
                    (string?)entry["manager"] ?? "",
                    (string?)entry["operation"] ?? "Update",
                    (string?)entry["apiVersion"] ?? "",
                    (string?)entry["subresource"] ?? "",
                    (string?)entry["time"],
                    FieldSet.Read(fields)));
            }
        }

        return new ManagedFields(entries);
    }

    /// <summary>What a set of fields leaves when the fields that nobody owns are taken out.</summary>
    public static FieldSet Owned(FieldSet fields)
    {
        fields.Cut("f:apiVersion");
        fields.Cut("f:kind");
        if (fields.Children.TryGetValue("f:metadata", out FieldSet? metadata))
        {
            foreach (string name in Unowned)
            {
                metadata.Cut(FieldStep.Field(name));
            }

            metadata.IsMember = false;
        }

        fields.IsMember = false;
        return fields;
    }

    /// <summary>What a manager has applied before; null where it has not.</summary>
    public FieldSet? AppliedBy(string manager, string subresource) =>
        _entries.Find(entry => entry.IsOf(manager, "Apply", subresource))?.Fields;

    /// <summary>What anybody else owns.</summary>
    public FieldSet OwnedByOthers(string manager, string subresource) =>
        _entries.Where(entry => !entry.IsOf(manager, "Apply", subresource))
            .Aggregate(new FieldSet(), (all, entry) => all.Union(entry.Fields));

    /// <summary>Who else owns some of these fields: the text that names them, and the fields.</summary>
    public IReadOnlyList<(string Owner, FieldSet Fields)> Conflicts(string manager, string subresource, FieldSet changed) =>
    [
        .. _entries.Where(entry => !entry.IsOf(manager, "Apply", subresource))
            .Select(entry => (entry.Text, entry.Fields.And(changed)))
            .Where(conflict => !conflict.Item2.IsEmpty),
    ];

    /// <summary>A manager has written the object: it owns what it changed, and nobody owns what is gone.</summary>
    public void Updated(string manager, string apiVersion, string subresource, FieldComparison comparison, DateTimeOffset now)
    {
        FieldSet changed = Owned(comparison.Changed);
        FieldSet removed = Owned(comparison.Removed);
        if (manager.Length == 0 || (changed.IsEmpty && removed.IsEmpty))
        {
            return;
        }

        Entry? mine = _entries.Find(entry => entry.IsOf(manager, "Update", subresource));
        Take(changed, mine);
        foreach (Entry entry in _entries)
        {
            entry.Fields = entry.Fields.MinusAllBelow(removed);
        }

        if (!changed.IsEmpty)
        {
            Set(mine, manager, "Update", apiVersion, subresource, (mine?.Fields ?? new FieldSet()).Union(changed), now);
        }
    }

    /// <summary>A manager has applied fields: it owns them, and nobody owns what it changed against their will, or took out.</summary>
    public void Applied(
        string manager, string apiVersion, string subresource, FieldSet fields, FieldComparison comparison, DateTimeOffset now)
    {
        Entry? mine = _entries.Find(entry => entry.IsOf(manager, "Apply", subresource));
        Take(Owned(comparison.Changed), mine);
        foreach (Entry entry in _entries.Where(entry => entry != mine))
        {
            entry.Fields = entry.Fields.MinusAllBelow(Owned(comparison.Removed));
        }

        Set(mine, manager, "Apply", apiVersion, subresource, fields, now);
    }

    /// <summary>Writes the entries into an object.</summary>
    public void WriteTo(JsonObject obj)
    {
        JsonObject metadata = (JsonObject)obj["metadata"]!;
        _entries.RemoveAll(entry => entry.Fields.IsEmpty && entry.Operation != "Apply");
        if (_entries.Count == 0)
        {
            metadata.Remove("managedFields");
            return;
        }

        metadata["managedFields"] = new JsonArray(
        [
            .. _entries.OrderBy(entry => entry.Operation == "Apply" ? 0 : 1).ThenBy(entry => entry.Time, StringComparer.Ordinal)
                .ThenBy(entry => entry.Manager, StringComparer.Ordinal).Select(entry => entry.Write()),
        ]);
    }

    private void Take(FieldSet changed, Entry? from)
    {
        foreach (Entry entry in _entries.Where(entry => entry != from))
        {
            entry.Fields = entry.Fields.Minus(changed);
        }
    }

    private void Set(
        Entry? mine, string manager, string operation, string apiVersion, string subresource, FieldSet fields, DateTimeOffset now)
    {
        if (mine is not null && mine.ApiVersion == apiVersion && mine.Fields.ToString() == fields.ToString())
        {
            return;
        }

        _entries.RemoveAll(entry => entry == mine);
        string? time = subresource == "scale" ? null : ObjectStore.Timestamp(now);
        _entries.Add(new Entry(manager, operation, apiVersion, subresource, time, fields));
    }

    private sealed record Entry(
        string Manager, string Operation, string ApiVersion, string Subresource, string? Time, FieldSet Given)
    {
        public FieldSet Fields { get; set; } = Given;

        /// <summary>As conflicts name it.</summary>
        public string Text =>
            $"\"{Manager}\"{(Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "")}" +
            (Operation == "Update" ? $" using {ApiVersion}" : "");

        public bool IsOf(string manager, string operation, string subresource) =>
            Manager == manager && Operation == operation && Subresource == subresource;

        public JsonObject Write()
        {
            JsonObject entry = new() { ["manager"] = Manager, ["operation"] = Operation, ["apiVersion"] = ApiVersion };
            if (Time is not null)
            {
                entry["time"] = Time;
            }

            entry["fieldsType"] = "FieldsV1";
            entry["fieldsV1"] = Fields.Write();
            if (Subresource.Length > 0)
            {
                entry["subresource"] = Subresource;
            }

            return entry;
        }
    }
}
