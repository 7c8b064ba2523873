namespace Temporalio.Client.Transport;

/// <summary>The headers of all calls of a connection, and what one call changes about them.</summary>
internal static class CallMetadata
{
    private const string Authorization = "authorization";
    private const string Namespace = "temporal-namespace";

    /// <summary>The headers of a connection.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> OfConnection(
        string? apiKey,
        IReadOnlyCollection<KeyValuePair<string, string>> metadata,
        IReadOnlyCollection<KeyValuePair<string, byte[]>> binaryMetadata)
    {
        List<KeyValuePair<string, string>> headers = Merge(metadata, binaryMetadata);
        AddUnlessPresent(headers, "client-name", SdkIdentity.Name);
        AddUnlessPresent(headers, "client-version", SdkIdentity.Version);
        if (apiKey is not null)
        {
            AddUnlessPresent(headers, Authorization, $"Bearer {apiKey}");
        }

        return headers;
    }

    /// <summary>The headers of a call; those that the call names itself replace the connection's.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> OfCall(
        IReadOnlyList<KeyValuePair<string, string>> ofConnection, string? requestNamespace, RpcOptions? options)
    {
        List<KeyValuePair<string, string>> headers = Merge(options?.Metadata ?? [], options?.BinaryMetadata ?? []);
        bool none = headers.Count == 0;
        headers.EnsureCapacity(headers.Count + ofConnection.Count + 1);
        if (none)
        {
            headers.AddRange(ofConnection);
        }
        else
        {
            int own = headers.Count;
            headers.AddRange(ofConnection.Where(header => !Contains(headers, own, header.Key)));
        }

        if (requestNamespace is not null)
        {
            AddUnlessPresent(headers, Namespace, requestNamespace);
        }

        return headers;
    }

    private static List<KeyValuePair<string, string>> Merge(
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
        if (!Contains(headers, headers.Count, name))
        {
            headers.Add(new(name, value));
        }
    }

    private static bool Contains(List<KeyValuePair<string, string>> headers, int count, string name)
    {
        for (int i = 0; i < count; i++)
        {
            if (headers[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
