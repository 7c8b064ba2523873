using System.IO.Compression;
using System.Reflection;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>
/// What kube-apiserver 1.34.4 says of itself: its discovery and its OpenAPI v3 documents, as it serves them. Each is unpacked when it is
/// asked for.
/// </summary>
internal static class ServerDocuments
{
    /// <summary>The document that lists every group, version and resource, as aggregated discovery does.</summary>
    public const string Discovery = "discovery";

    /// <summary>The document of <c>/version</c>.</summary>
    public const string Version = "version";

    /// <summary>The document of the roles and bindings that a cluster begins with.</summary>
    public const string Access = "access";

    /// <summary>The file of the protobuf messages.</summary>
    public const string Messages = "messages.pb.br";

    private const string Prefix = "kubernetes/";
    private const string Suffix = ".json.br";

    /// <summary>The names of the documents.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ServerDocuments).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]),
    ];

    /// <summary>The name of the OpenAPI document of a path, such as <c>api/v1</c> or <c>apis/apps/v1</c>.</summary>
    public static string NameOf(string path) => path.Replace('/', '_');

    /// <summary>A document as UTF-8.</summary>
    public static byte[] Read(string name) => Unpack($"{Prefix}{name}{Suffix}");

    /// <summary>The descriptions of the protobuf messages of the server's kinds: a <c>FileDescriptorSet</c>.</summary>
    public static byte[] ReadMessages() => Unpack($"{Prefix}{Messages}");

    private static byte[] Unpack(string resource)
    {
        Assembly assembly = typeof(ServerDocuments).Assembly;
        using Stream packed = assembly.GetManifestResourceStream(resource)
            ?? throw new ArgumentException($"There is no document {resource}.", nameof(resource));
        using BrotliStream text = new(packed, CompressionMode.Decompress);
        using MemoryStream whole = new();
        text.CopyTo(whole);
        return whole.ToArray();
    }
}
