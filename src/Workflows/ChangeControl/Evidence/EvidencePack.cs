using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>Makes the manifest of a pack, and proves that a pack is whole. Pure: files are bytes by path.</summary>
public static class EvidencePack
{
    /// <summary>The file with the audit chain, one event a line.</summary>
    public const string AuditFile = "audit.jsonl";

    /// <summary>The manifest of some files, as the bytes of its file.</summary>
    public static byte[] Manifest(string changeId, IReadOnlyDictionary<string, byte[]> files) =>
        Encoding.UTF8.GetBytes(CanonicalJson.Serialize(new EvidenceManifest(changeId,
            [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new EvidenceManifest.File(file.Key, file.Value.Length, HashOf(file.Value)))])));

    /// <summary>The hash of a pack, or of a file: SHA-256 as lower-case hex.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The audit chain as the bytes of its file.</summary>
    public static byte[] AuditLines(IEnumerable<AuditEvent> events) =>
        Encoding.UTF8.GetBytes(string.Concat(events.Select(audit => CanonicalJson.Serialize(audit) + "\n")));

    /// <summary>What is wrong with a pack, one sentence each; empty where nothing is.</summary>
    /// <param name="files">All its files by path, with slashes; the manifest included.</param>
    /// <param name="packHash">The hash that the change's result names; null checks the pack only against itself.</param>
    public static IReadOnlyList<string> Verify(IReadOnlyDictionary<string, byte[]> files, string? packHash = null)
    {
        if (!files.TryGetValue(EvidenceManifest.FileName, out byte[]? manifest))
        {
            return [$"The pack has no {EvidenceManifest.FileName}."];
        }

        List<string> faults = [];
        if (packHash is not null && HashOf(manifest) != packHash)
        {
            faults.Add($"{EvidenceManifest.FileName} has the hash {HashOf(manifest)}, but the change recorded {packHash}.");
        }

        if (Read<EvidenceManifest>(manifest) is not { Files: not null } read)
        {
            return [.. faults, $"{EvidenceManifest.FileName} cannot be read."];
        }

        return [.. faults, .. Files(files, read), .. Chain(files)];
    }

    private static IEnumerable<string> Files(IReadOnlyDictionary<string, byte[]> files, EvidenceManifest manifest)
    {
        foreach (EvidenceManifest.File file in manifest.Files)
        {
            if (!files.TryGetValue(file.Path, out byte[]? bytes))
            {
                yield return $"{file.Path} is missing.";
            }
            else if (bytes.Length != file.Bytes || HashOf(bytes) != file.Sha256)
            {
                yield return $"{file.Path} was changed: it has {bytes.Length} bytes, the manifest lists {file.Bytes}, or its hash differs.";
            }
        }

        foreach (string path in files.Keys.Where(path => path != EvidenceManifest.FileName && manifest.Files.All(file => file.Path != path))
            .Order(StringComparer.Ordinal))
        {
            yield return $"{path} is not in the manifest.";
        }
    }

    private static IEnumerable<string> Chain(IReadOnlyDictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(AuditFile, out byte[]? bytes))
        {
            return [];
        }

        List<AuditEvent?> events =
            [.. Encoding.UTF8.GetString(bytes)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Read<AuditEvent>(Encoding.UTF8.GetBytes(line)))];
        return events.Contains(null)
            ? [$"{AuditFile} has a line that cannot be read."]
            : AuditChain.Verify([.. events.OfType<AuditEvent>()]);
    }

    private static T? Read<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
