using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Something that one may or may not be allowed to do.</summary>
/// <param name="Verb"><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> …</param>
/// <param name="Type">Kind of object.</param>
/// <param name="Namespace">Namespace; null for all namespaces, or for objects of the cluster.</param>
public sealed record AccessQuestion(string Verb, ResourceType Type, string? Namespace)
{
    /// <summary>One object. Default: null, all.</summary>
    public string? Name { get; init; }

    /// <summary>Part of the objects, such as <c>eviction</c>. Default: null, the objects themselves.</summary>
    public string? Subresource { get; init; }

    /// <summary>"create pods/eviction in kafka".</summary>
    public override string ToString() =>
        $"{Verb} {(Name is null ? ResourceAddress.Collection(Type, Namespace) : ResourceAddress.Object(Type, Namespace, Name)).Part(Subresource)}";

    internal JsonObject ToJson() => new()
    {
        ["apiVersion"] = ResourceType.SelfSubjectAccessReviews.ApiVersion,
        ["kind"] = "SelfSubjectAccessReview",
        ["spec"] = new JsonObject
        {
            ["resourceAttributes"] = new JsonObject
            {
                ["verb"] = Verb,
                ["group"] = Type.Group,
                ["version"] = Type.Version,
                ["resource"] = Type.Plural,
                ["subresource"] = Subresource,
                ["namespace"] = Namespace,
                ["name"] = Name,
            },
        },
    };
}
