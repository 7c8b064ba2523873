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
        Clean(resource, obj, options);
        FieldSet? applied = isApplied ? Configured(obj, resource) : null;
        Place(resource, @namespace, obj);
        ObjectChange.PrepareNew(resource, obj);
        AdmissionControl.Create(store, resource, obj);
        Defaulting.Apply(obj, resource.Schema);
        Completion.New(store, resource, obj);
        Validator.Create(resource, obj);
        QuotaAdmission.Charge(store, resource, obj, options.IsDryRun);
        DateTimeOffset now = store.Clock.GetUtcNow();
        ManagedFields managers = ManagedFields.Of(null);
        if (applied is not null)
        {
            managers.Applied(options.FieldManager, resource.ApiVersion, "", applied, new FieldComparison(), now);
        }
        else
        {
            FieldComparison whole = FieldComparison.Of(new JsonObject(), obj, resource.Schema);
            managers.Updated(options.FieldManager, resource.ApiVersion, "", whole, now);
        }

        managers.WriteTo(obj);
    }

    /// <summary>Prepares another state of an object in place.</summary>
    /// <exception cref="StatusException">The object is invalid, or is not the one that was meant.</exception>
    public void Changed(
        ResourceDefinition resource, StoredObject before, JsonObject after, string subresource, WriteOptions options)
    {
        Clean(resource, after, options);
        Place(resource, before.Namespace, after);
        Refuse(before, after);
        JsonObject old = Complete(resource, before, after, subresource);
        ManagedFields managers = ManagedFields.Of(old);
        managers.Updated(
            options.FieldManager, resource.ApiVersion, subresource, FieldComparison.Of(old, after, resource.Schema),
                store.Clock.GetUtcNow());
        managers.WriteTo(after);
    }

    /// <summary>The object with a configuration applied to it.</summary>
    /// <exception cref="StatusException">The configuration is invalid, or fields of it belong to others (409).</exception>
    public JsonObject Applied(
        ResourceDefinition resource, StoredObject before, JsonObject configuration, string subresource, WriteOptions options)
    {
        JsonObject config = (JsonObject)configuration.DeepClone();
        Clean(resource, config, options);
        FieldSet wanted = Configured(config, resource);
        Place(resource, before.Namespace, config);
        Refuse(before, config);
        JsonObject old = before.ToJson();
        ManagedFields managers = ManagedFields.Of(old);
        JsonObject after = (JsonObject)ObjectMerge.Merge(old, config, resource.Schema)!;
        if (managers.AppliedBy(options.FieldManager, subresource) is { } applied)
        {
            FieldSet others = managers.OwnedByOthers(options.FieldManager, subresource);
            ObjectMerge.Remove(after, resource.Schema, applied.Minus(wanted).Minus(others), wanted.Union(others));
            Clean(resource, after, options with { FieldValidation = "Ignore" });
        }

        Complete(resource, before, after, subresource);
        FieldComparison comparison = FieldComparison.Of(old, after, resource.Schema);
        FieldSet taken = ManagedFields.Owned(comparison.Changed).And(wanted);
        if (!options.Force && managers.Conflicts(options.FieldManager, subresource, taken) is { Count: > 0 } conflicts)
        {
            throw StatusException.ApplyConflict(
                [.. conflicts.Select(each => (each.Owner, (IReadOnlyList<string>)[.. each.Fields.Paths()]))]);
        }

        managers.Applied(options.FieldManager, resource.ApiVersion, subresource, wanted, comparison, store.Clock.GetUtcNow());
        managers.WriteTo(after);
        return after;
    }

    private JsonObject Complete(ResourceDefinition resource, StoredObject before, JsonObject after, string subresource)
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
        if (subresource != "status")
        {
            AdmissionControl.Update(store, resource, old, after);
        }

        Validator.Update(resource, old, after, subresource);
        return old;
    }

    private static FieldSet Configured(JsonObject config, ResourceDefinition resource) =>
        ManagedFields.Owned(FieldComparison.FieldsOf(config, resource.Schema));

    private static void Clean(ResourceDefinition resource, JsonObject obj, WriteOptions options)
    {
        obj["apiVersion"] = resource.ApiVersion;
        obj["kind"] = resource.Kind;
        IReadOnlyList<string> unknown =
            Decoding.Clean(obj, resource.Schema, resource.Kind, resource.Version, resource.Custom is not null);
        if (unknown.Count == 0 || options.FieldValidation == "Ignore")
        {
            return;
        }

        List<string> fields = [.. unknown.Select(path => $"unknown field \"{path}\"")];
        if (options.FieldValidation == "Strict")
        {
            throw StatusException.BadRequest(
                resource.Custom is null
                    ? $"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: strict decoding error: " +
                        string.Join(", ", fields)
                    : $"strict decoding error: {string.Join(", ", fields)}");
        }

        foreach (string field in fields)
        {
            options.Warn?.Invoke(field);
        }
    }

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
                before.Key, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid}");
        }

        if ((string?)metadata["resourceVersion"] is { Length: > 0 } version && version != ObjectStore.Text(before.ResourceVersion))
        {
            throw StatusException.Modified(before.Key);
        }
    }
}
