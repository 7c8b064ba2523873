using System.Collections.Concurrent;

namespace Temporalio.Client.Transport;

/// <summary>The headers of all calls of a connection. A change of any of them makes a new instance.</summary>
internal sealed class ConnectionMetadata
{
    private const string NamespaceHeader = "temporal-namespace";

    private readonly KeyValuePair<string, string>[] _headers;

    // A process works on few namespaces, and most calls add nothing of their own.
    private readonly ConcurrentDictionary<string, KeyValuePair<string, string>[]> _ofNamespaces = [];

    public ConnectionMetadata(
        string? apiKey,
        IReadOnlyCollection<KeyValuePair<string, string>> metadata,
        IReadOnlyCollection<KeyValuePair<string, byte[]>> binaryMetadata)
    {
        List<KeyValuePair<string, string>> headers = ToHeaders(metadata, binaryMetadata);
        AddUnlessPresent(headers, "client-name", SdkIdentity.Name);
        AddUnlessPresent(headers, "client-version", SdkIdentity.Version);
        if (apiKey is not null)
        {
            AddUnlessPresent(headers, "authorization", $"Bearer {apiKey}");
        }

        _headers = [.. headers];
    }

    /// <summary>The headers of a call about a namespace; those that the call names itself replace the connection's.</summary>
    /// <exception cref="ArgumentException">The name of binary metadata does not end in <c>-bin</c>.</exception>
    public KeyValuePair<string, string>[] OfCall(string? @namespace, RpcOptions? options)
    {
        if (options is not ({ Metadata.Count: > 0 } or { BinaryMetadata.Count: > 0 }))
        {
            return @namespace is null ? _headers : _ofNamespaces.GetOrAdd(@namespace, name => Merge([], name));
        }

        return Merge(ToHeaders(options.Metadata ?? [], options.BinaryMetadata ?? []), @namespace);
    }

    private static List<KeyValuePair<string, string>> ToHeaders(
        IReadOnlyCollection<KeyValuePair<string, string>> metadata, IReadOnlyCollection<KeyValuePair<string, byte[]>> binaryMetadata)
    {
        List<KeyValuePair<string, string>> headers = [.. metadata];
        foreach ((string name, byte[] value) in binaryMetadata)
        {
            headers.Add(name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase)
                ? new(name, Convert.ToBase64String(value))
                : throw new ArgumentException($"The name of binary metadata must end in '-bin', and '{name}' does not."));
        }

        return headers;
    }

    private static void AddUnlessPresent(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        if (!headers.Exists(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(name, value));
        }
    }

    private KeyValuePair<string, string>[] Merge(List<KeyValuePair<string, string>> own, string? @namespace)
    {
        List<KeyValuePair<string, string>> headers = [.. own];
        headers.AddRange(_headers.Where(header => !own.Exists(o => o.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))));
        if (@namespace is not null)
        {
            AddUnlessPresent(headers, NamespaceHeader, @namespace);
        }

        return [.. headers];
    }
}
