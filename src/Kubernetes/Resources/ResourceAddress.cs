namespace Orchestrator.Kubernetes;

/// <summary>
/// Where an object, or a collection of them, lives. Refuses what would silently address something else: an object without a name
/// is its whole collection, and a name with a slash is another object.
/// </summary>
internal sealed partial record ResourceAddress
{
    private ResourceAddress(ResourceType type, string? @namespace, string? name, string? subresource)
    {
        Type = type;
        Namespace = @namespace;
        Name = name;
        Subresource = subresource;
    }

    public ResourceType Type { get; }

    public string? Namespace { get; }

    public string? Name { get; }

    public string? Subresource { get; }

    // Escaped, as the official client puts names into the URL as they are.
    public string NamespacePart => Uri.EscapeDataString(Namespace!);

    public string NamePart => Uri.EscapeDataString(Name!);

    private string GroupPart => Uri.EscapeDataString(Type.Group);

    private string VersionPart => Uri.EscapeDataString(Type.Version);

    private string PluralPart => Uri.EscapeDataString(Type.Plural);

    public static ResourceAddress Object(ResourceType type, string? @namespace, string name, string? subresource = null)
    {
        CheckType(type);
        CheckSegment(name, nameof(name));
        CheckNamespace(type, @namespace, needed: true);
        return new ResourceAddress(type, @namespace, name, subresource);
    }

    /// <summary>A collection; of all namespaces where <paramref name="namespace"/> is null.</summary>
    public static ResourceAddress Collection(ResourceType type, string? @namespace)
    {
        CheckType(type);
        CheckNamespace(type, @namespace, needed: false);
        return new ResourceAddress(type, @namespace, null, null);
    }

    /// <summary>A collection to create in.</summary>
    public static ResourceAddress NewObject(ResourceType type, string? @namespace)
    {
        CheckType(type);
        CheckNamespace(type, @namespace, needed: true);
        return new ResourceAddress(type, @namespace, null, null);
    }

    private static void CheckType(ResourceType type)
    {
        if (type.Group.Length > 0)
        {
            CheckSegment(type.Group, "group");
        }

        CheckSegment(type.Version, "version");
        CheckSegment(type.Plural, "plural");
    }

    private static void CheckNamespace(ResourceType type, string? @namespace, bool needed)
    {
        if (@namespace is null)
        {
            if (needed && type.Namespaced)
            {
                throw new ArgumentException($"{type} are namespaced, but no namespace is given.", nameof(@namespace));
            }

            return;
        }

        CheckSegment(@namespace, nameof(@namespace));
        if (!type.Namespaced)
        {
            throw new ArgumentException($"{type} are not namespaced, but the namespace '{@namespace}' is given.", nameof(@namespace));
        }
    }

    private static void CheckSegment(string value, string parameter)
    {
        if (string.IsNullOrWhiteSpace(value) || value is "." or ".." || value.AsSpan().IndexOfAny('/', '%') >= 0)
        {
            throw new ArgumentException($"'{value}' is not a valid {parameter} in Kubernetes.", parameter);
        }
    }
}
