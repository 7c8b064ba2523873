using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Admission;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Fields;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Kubernetes.Validation;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>
/// Makes of what a client wants to write what is stored: unknown fields out, missing ones filled in, what only the server may say restored,
/// the owners of the fields noted; and refuses what is invalid.
/// </summary>
internal sealed class ObjectPreparation(ObjectStore store)
{
    /// <summary>Prepares a new object in place.</summary>
    /// <exception cref="StatusException">The object is invalid, or cannot be here.</exception>
    public void New(ResourceDefinition resource, string? @namespace, JsonObject obj, WriteOptions options, bool isApplied)
    {
        FieldSet? applied = isApplied ? Configured(obj, resource) : null;
        Clean(resource, obj, options, isApplied ? Sender.Apply : Sender.Object);
        Place(resource, @namespace, obj);
        ObjectChange.PrepareNew(resource, obj);
        Defaulting.Apply(obj, resource.Schema);
        // What admission and the server add belongs to nobody.
        FieldComparison whole = FieldComparison.Of(
            resource.Custom is null ? Defaulting.Frame(resource.Schema) : [], obj, resource.Schema);
        AdmissionControl.Create(store, resource, obj);
        Defaulting.Apply(obj, resource.Schema);
        Completion.New(store, resource, obj);
        Validator.Create(resource, obj);
        if (resource.IsNamespaced)
        {
            QuotaAdmission.Charge(store, resource, obj, options.IsDryRun);
        }

        DateTimeOffset now = store.Clock.GetUtcNow();
        ManagedFields managers = ManagedFields.Of(null);
        if (applied is not null)
        {
            managers.Applied(options.FieldManager, resource.ApiVersion, "", applied, new FieldComparison(), now);
        }
        else
        {
            whole.Forget(resource, "");
            managers.Updated(options.FieldManager, resource.ApiVersion, "", whole, now);
        }

        managers.WriteTo(obj);
    }

    /// <summary>Prepares another state of an object in place.</summary>
    /// <exception cref="StatusException">The object is invalid, or is not the one that was meant.</exception>
    public void Changed(
        ResourceDefinition resource, StoredObject before, JsonObject after, string subresource, WriteOptions options)
    {
        Clean(resource, after, options, options.IsPatch ? Sender.Patch : Sender.Object);
        Place(resource, before.Namespace, after);
        Refuse(before, after);
        JsonObject old = Complete(resource, before, after, subresource);
        ManagedFields managers = ManagedFields.Of(old);
        FieldComparison comparison = FieldComparison.Of(old, after, resource.Schema);
        comparison.Forget(resource, subresource);
        managers.Updated(options.FieldManager, resource.ApiVersion, subresource, comparison, store.Clock.GetUtcNow());
        managers.WriteTo(after);
    }

    /// <summary>The object with a configuration applied to it.</summary>
    /// <exception cref="StatusException">The configuration is invalid, or fields of it belong to others (409).</exception>
    public JsonObject Applied(
        ResourceDefinition resource, StoredObject before, JsonObject configuration, string subresource, WriteOptions options)
    {
        JsonObject config = (JsonObject)configuration.DeepClone();
        FieldSet wanted = Configured(config, resource);
        Clean(resource, config, options, Sender.Apply);
        Place(resource, before.Namespace, config);
        Refuse(before, config);
        JsonObject old = before.ToJson();
        ManagedFields managers = ManagedFields.Of(old);
        JsonObject after = (JsonObject)ObjectMerge.Merge(old, config, resource.Schema)!;
        if (managers.AppliedBy(options.FieldManager, subresource) is { } applied)
        {
            FieldSet others = managers.OwnedByOthers(options.FieldManager, subresource);
            ObjectMerge.Remove(after, resource.Schema, applied.Minus(wanted).Minus(others), wanted.Union(others));
            Clean(resource, after, options with { FieldValidation = "Ignore" }, Sender.Object);
        }

        // Whether the configuration asks for something else is looked at before the defaults are filled in: a list that is one value
        // differs from the list that has them.
        FieldComparison asked = FieldComparison.Of(old, after, resource.Schema);
        asked.Forget(resource, subresource);
        LastApplied.Keep(after, configuration, options.FieldManager);
        Complete(resource, before, after, subresource);
        FieldComparison comparison = FieldComparison.Of(old, after, resource.Schema);
        FieldSet taken = ManagedFields.Owned(asked.Changed).And(wanted);
        if (!options.Force && managers.Conflicts(options.FieldManager, subresource, taken) is { Count: > 0 } conflicts)
        {
            throw StatusException.ApplyConflict(
                [.. conflicts.Select(each => (each.Owner, (IReadOnlyList<string>)[.. each.Fields.Paths()]))]);
        }

        managers.Applied(options.FieldManager, resource.ApiVersion, subresource, wanted, comparison, store.Clock.GetUtcNow());
        managers.WriteTo(after);
        return after;
    }

    private static JsonObject Complete(ResourceDefinition resource, StoredObject before, JsonObject after, string subresource)
    {
        if (subresource == "status")
        {
            ObjectChange.KeepAllButStatus(before, after);
        }
        else if (resource.HasStatus)
        {
            ObjectChange.KeepStatus(before, after);
        }

        Defaulting.Apply(after, resource.Schema);
        ObjectChange.Complete(resource, before, after);
        JsonObject old = before.ToJson();
        Validator.Update(resource, old, after, subresource);
        return old;
    }

    private static FieldSet Configured(JsonObject config, ResourceDefinition resource) =>
        ManagedFields.Owned(FieldComparison.FieldsOf(config, resource.Schema));

    private static void Clean(ResourceDefinition resource, JsonObject obj, WriteOptions options, Sender sender)
    {
        obj["apiVersion"] = resource.ApiVersion;
        obj["kind"] = resource.Kind;
        IReadOnlyList<string> unknown;
        try
        {
            unknown = Decoding.Clean(obj, resource.Schema, resource.Kind, resource.Custom is not null);
        }
        catch (FormatException e)
        {
            throw Unreadable(resource, obj, e.Message, sender, options);
        }

        if (unknown.Count == 0)
        {
            return;
        }

        if (sender == Sender.Apply && resource.Custom is null)
        {
            throw StatusException.Untyped(
                (string?)obj["metadata"]?["namespace"] ?? "", (string?)obj["metadata"]?["name"] ?? "", resource.ApiVersion, resource.Kind,
                unknown[0]);
        }

        List<string> fields = [.. unknown.Select(path => $"unknown field \"{path}\"")];
        if (options.FieldValidation == "Strict")
        {
            throw Unreadable(resource, obj, $"strict decoding error: {string.Join(", ", fields)}", sender, options);
        }

        foreach (string field in options.FieldValidation == "Warn" ? fields : [])
        {
            options.Warn?.Invoke(field);
        }
    }

    private static StatusException Unreadable(
        ResourceDefinition resource, JsonObject obj, string why, Sender sender, WriteOptions options) =>
        sender != Sender.Patch
            ? StatusException.BadRequest($"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: {why}")
        : resource.Custom is null
            ? StatusException.UnreadablePatch(options.StrategicPatch is { } patch ? GoText.OfMerged(patch) : obj.ToJsonString(), why)
        : StatusException.BadRequest(why);

    private static void Place(ResourceDefinition resource, string? @namespace, JsonObject obj)
    {
        JsonObject metadata = obj["metadata"] as JsonObject ?? [];
        obj["metadata"] = metadata;
        if (!resource.IsNamespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata["namespace"] is { } given && @namespace is not null && (string?)given != @namespace)
        {
            throw StatusException.BadRequest(
                $"the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = @namespace ?? (string?)metadata["namespace"] ?? "default";
    }

    private static void Refuse(StoredObject before, JsonObject after)
    {
        JsonObject metadata = (JsonObject)after["metadata"]!;
        if ((string?)metadata["name"] is { } name && name != before.Name)
        {
            throw StatusException.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({before.Name})");
        }

        if ((string?)metadata["uid"] is { Length: > 0 } uid && uid != before.Uid)
        {
            throw StatusException.Conflict(
                before.Key,
                $"StorageError: invalid object, Code: 4, Key: {before.Key.Path}, ResourceVersion: 0, AdditionalErrorMsg: Precondition " +
                $"failed: UID in precondition: {uid}, UID in object meta: {before.Uid}");
        }

        if ((string?)metadata["resourceVersion"] is { Length: > 0 } version && version != ObjectStore.Text(before.ResourceVersion))
        {
            throw StatusException.Modified(before.Key);
        }
    }

    // Errors are worded by what was sent.
    private enum Sender
    {
        Object,
        Patch,
        Apply,
    }
}
