namespace Orchestrator.Kubernetes;

/// <summary>
/// Where an object, or a collection of them, lives. Refuses what would silently address something else: an object without a name
/// is its whole collection, and a name with a slash is another object.
/// </summary>
internal sealed record ResourceAddress
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

    /// <summary>The URL's path.</summary>
    public string Path =>
        (Type.Group.Length == 0 ? $"/api/{Type.Version}" : $"/apis/{Type.Group}/{Type.Version}")
        + (Namespace is null ? "" : $"/namespaces/{Uri.EscapeDataString(Namespace)}")
        + $"/{Type.Plural}"
        + (Name is null ? "" : $"/{Uri.EscapeDataString(Name)}")
        + (Subresource is null ? "" : $"/{Subresource}");

    public static ResourceAddress Object(ResourceType type, string? @namespace, string name, string? subresource = null)
    {
        CheckSegment(name, nameof(name));
        CheckNamespace(type, @namespace, needed: true);
        return new ResourceAddress(type, @namespace, name, subresource);
    }

    /// <summary>A collection; of all namespaces where <paramref name="namespace"/> is null.</summary>
    public static ResourceAddress Collection(ResourceType type, string? @namespace)
    {
        CheckNamespace(type, @namespace, needed: false);
        return new ResourceAddress(type, @namespace, null, null);
    }

    /// <summary>A collection to create in.</summary>
    public static ResourceAddress NewObject(ResourceType type, string? @namespace)
    {
        CheckNamespace(type, @namespace, needed: true);
        return new ResourceAddress(type, @namespace, null, null);
    }

    /// <summary>A part of this object, or of all objects of this collection.</summary>
    public ResourceAddress Part(string? subresource) => new(Type, Namespace, Name, subresource);

    /// <summary>"kafkas.platform.confluent.io confluent/kafka", "pods/eviction kafka/kafka-0", "pods in kafka", "pods in all namespaces".</summary>
    public override string ToString()
    {
        string type = Subresource is null ? Type.ToString() : $"{Type.Plural}/{Subresource}{Type.ToString()[Type.Plural.Length..]}";
        return (Namespace, Name) switch
        {
            (null, null) => Type.Namespaced ? $"{type} in all namespaces" : type,
            (null, not null) => $"{type} {Name}",
            (not null, null) => $"{type} in {Namespace}",
            _ => $"{type} {Namespace}/{Name}",
        };
    }

    /// <summary>"pods kafka/kafka-0" of a new object in this collection; "pods kafka/kafka-*" where the server completes the name.</summary>
    public string Describe(string? name, string? generateName) =>
        name is null && generateName is null ? ToString() : new ResourceAddress(Type, Namespace, name ?? $"{generateName}*", null).ToString();

    private static void CheckNamespace(ResourceType type, string? @namespace, bool needed)
    {
        if (@namespace is null)
        {
            if (needed && type.Namespaced)
            {
                throw new ArgumentException($"{type} live in namespaces, and none is given.", nameof(@namespace));
            }

            return;
        }

        CheckSegment(@namespace, nameof(@namespace));
        if (!type.Namespaced)
        {
            throw new ArgumentException($"{type} do not live in namespaces, and '{@namespace}' is given.", nameof(@namespace));
        }
    }

    private static void CheckSegment(string value, string parameter)
    {
        if (string.IsNullOrWhiteSpace(value) || value is "." or ".." || value.AsSpan().IndexOfAny('/', '%') >= 0)
        {
            throw new ArgumentException($"'{value}' cannot be a {parameter} in Kubernetes.", parameter);
        }
    }
}
