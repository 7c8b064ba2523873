using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Access;

/// <summary>Decides by the roles and bindings in the store who may do what.</summary>
internal sealed class RoleBasedAccess(ObjectStore store)
{
    private const string Everything = "system:masters";

    /// <summary>Whether a user may do something.</summary>
    public bool Allows(User user, AccessRequest request) =>
        user.Groups.Contains(Everything) || RulesOf(user, request.Namespace).Any(rule => Covers(rule, request));

    /// <summary>The binding by which a user may do something, in words; null where none is needed, or there is none.</summary>
    public string? ReasonFor(User user, AccessRequest request)
    {
        (StoredObject? binding, _) = BindingsOf(user, request.Namespace)
            .FirstOrDefault(each => Rules(each.Binding, each.Roles).Any(rule => Covers(rule, request)));
        if (binding is null || user.Groups.Contains(Everything))
        {
            return null;
        }

        JsonElement role = binding.Json.GetProperty("roleRef");
        JsonElement subject = binding.Json.GetProperty("subjects").EnumerateArray().First(each => Names(each, binding, user));
        string kind = binding.Namespace is null ? "ClusterRoleBinding" : "RoleBinding";
        string name = subject.GetProperty("kind").GetString() == "ServiceAccount"
            ? $"{subject.GetProperty("name")}/{binding.Namespace}"
            : subject.GetProperty("name").GetString()!;
        return $"RBAC: allowed by {kind} \"{binding.Name}{(binding.Namespace is null ? "" : $"/{binding.Namespace}")}\" of " +
            $"{role.GetProperty("kind")} \"{role.GetProperty("name")}\" to {subject.GetProperty("kind")} \"{name}\"";
    }

    /// <summary>The rules that hold for a user in a namespace, those of the cluster included.</summary>
    public IEnumerable<JsonElement> RulesOf(User user, string? @namespace) =>
        BindingsOf(user, @namespace).SelectMany(each => Rules(each.Binding, each.Roles));

    private IEnumerable<(StoredObject Binding, ResourceType Roles)> BindingsOf(User user, string? @namespace)
    {
        IEnumerable<(StoredObject Binding, ResourceType Roles)> bindings =
            store.List(ResourceType.ClusterRoleBindings).Objects.Select(each => (each, ResourceType.ClusterRoles));
        if (@namespace is not null)
        {
            bindings = bindings.Concat(store.List(ResourceType.RoleBindings, @namespace).Objects.Select(each =>
                (each, RoleKind(each) == "ClusterRole" ? ResourceType.ClusterRoles : ResourceType.Roles)));
        }

        return bindings.Where(each => each.Binding.Json.TryGetProperty("subjects", out JsonElement subjects)
            && subjects.EnumerateArray().Any(subject => Names(subject, each.Binding, user)));
    }

    private IEnumerable<JsonElement> Rules(StoredObject binding, ResourceType roles)
    {
        string name = binding.Json.GetProperty("roleRef").GetProperty("name").GetString()!;
        StoredObject? role = store.Find(roles, roles.Namespaced ? binding.Namespace : null, name);
        return role is not null && role.Json.TryGetProperty("rules", out JsonElement rules) && rules.ValueKind == JsonValueKind.Array
            ? rules.EnumerateArray()
            : [];
    }

    private static string? RoleKind(StoredObject binding) => binding.Json.GetProperty("roleRef").GetProperty("kind").GetString();

    private static bool Names(JsonElement subject, StoredObject binding, User user)
    {
        string name = subject.GetProperty("name").GetString()!;
        return subject.GetProperty("kind").GetString() switch
        {
            "User" => user.Name == name,
            "Group" => user.Groups.Contains(name),
            "ServiceAccount" => user.Name == ServiceAccountName(subject, binding, name),
            _ => false,
        };
    }

    private static string ServiceAccountName(JsonElement subject, StoredObject binding, string name)
    {
        string? space = subject.TryGetProperty("namespace", out JsonElement given) ? given.GetString() : binding.Namespace;
        return $"system:serviceaccount:{space}:{name}";
    }

    private static bool Covers(JsonElement rule, AccessRequest request)
    {
        if (!Has(rule, "verbs", request.Verb))
        {
            return false;
        }

        return request.Path is { } path
            ? Texts(rule, "nonResourceURLs").Any(each => each == "*" || each == path
                || (each.EndsWith('*') && path.StartsWith(each[..^1], StringComparison.Ordinal)))
            : Has(rule, "apiGroups", request.Group)
                && Texts(rule, "resources").Any(each => each == "*" || each == request.FullResource
                    || (request.Subresource.Length > 0 && each == $"*/{request.Subresource}"))
                && (!rule.TryGetProperty("resourceNames", out _) || Texts(rule, "resourceNames").Contains(request.Name));
    }

    private static bool Has(JsonElement rule, string field, string value) => Texts(rule, field).Any(each => each == "*" || each == value);

    private static IEnumerable<string> Texts(JsonElement rule, string field) =>
        rule.TryGetProperty(field, out JsonElement all) ? all.EnumerateArray().Select(each => each.GetString()!) : [];
}
