using System.Text;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Secrets;

/// <summary>Reads secret values, again each time: a credential that was changed counts with the next call.</summary>
/// <param name="client">The cluster that has the Secrets; null: only files can be read.</param>
/// <param name="namespace">The namespace of a Secret whose reference names none.</param>
internal sealed class SecretReader(IKubernetes? client, string @namespace)
{
    /// <summary>The value, without white space around it.</summary>
    /// <exception cref="SecretUnreadableException">It is not there, or it is empty.</exception>
    public async Task<string> ReadAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        string content = reference.File is { } file
            ? await ReadFileAsync(reference, file, cancellationToken)
            : await ReadSecretAsync(reference, cancellationToken);
        string value = (reference.Property is { } property ? Property(reference, content, property) : content).Trim();
        return value.Length > 0 ? value : throw new SecretUnreadableException(reference, "it is empty.");
    }

    private static async Task<string> ReadFileAsync(SecretReference reference, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretUnreadableException(reference, e.Message, e);
        }
    }

    private async Task<string> ReadSecretAsync(SecretReference reference, CancellationToken cancellationToken)
    {
        if (client is null)
        {
            throw new SecretUnreadableException(reference, "there is no cluster to read it from; write file:PATH.");
        }

        string where = reference.Namespace ?? @namespace;
        JsonObject? secret;
        try
        {
            secret = await client.FindAsync(ResourceType.Secrets, where, reference.Name!, cancellationToken);
        }
        catch (ApiException e)
        {
            throw new SecretUnreadableException(reference, e.Message, e);
        }

        if (secret is null)
        {
            throw new SecretUnreadableException(reference, $"there is no Secret {where}/{reference.Name}.");
        }

        JsonObject data = secret["data"] as JsonObject ?? [];
        return (string?)data[reference.Key!] is { } encoded
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
            : throw new SecretUnreadableException(
                reference,
                $"Secret {where}/{reference.Name} has no key {reference.Key}; "
                + $"it has {string.Join(", ", data.Select(entry => entry.Key))}.");
    }

    private static string Property(SecretReference reference, string content, string name)
    {
        foreach (string line in content.Split('\n'))
        {
            string[] halves = line.Split('=', 2);
            if (halves.Length == 2 && halves[0].Trim() == name)
            {
                return halves[1];
            }
        }

        throw new SecretUnreadableException(reference, $"none of its lines begins with {name}=.");
    }
}
