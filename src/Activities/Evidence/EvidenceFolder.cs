using Microsoft.Extensions.Options;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Activities.Evidence;

/// <summary>Keeps evidence packs in a folder: each is there whole or not at all.</summary>
internal sealed class EvidenceFolder(IOptions<EvidenceOptions> options)
{
    /// <summary>A name as one of a file: a change that was started by hand may have any workflow id for a name.</summary>
    internal static string SafeName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).TrimStart('.');

    /// <summary>Why a change cannot begin, since its evidence could not be kept; null where it could.</summary>
    public Refusal? Refuse() => EvidenceProbe.Fault(options.Value.Folder) is { } fault
        ? Refusal.Block(
            ReasonCodes.AuditUnavailable,
            $"The folder of evidence, {options.Value.Folder}, cannot be written: {fault}",
            options.Value.Folder,
            howToResolve: "Make room, or give the worker the right to write there.")
        : null;

    /// <summary>Writes a pack. One of the same change that is there already, from a try whose answer was lost, gives way.</summary>
    /// <param name="changeId">The change.</param>
    /// <param name="files">Its files, without the manifest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<EvidenceReference> WriteAsync(string changeId, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        string name = SafeName(changeId);
        string folder = Path.GetFullPath(Path.Combine(options.Value.Folder, name));
        string draft = Path.GetFullPath(Path.Combine(options.Value.Folder, $".{name}.{Guid.NewGuid():N}"));
        byte[] manifest = EvidencePack.Manifest(changeId, files);
        try
        {
            foreach ((string path, byte[] bytes) in files.Append(new(EvidenceManifest.FileName, manifest)))
            {
                string file = Path.Combine(draft, path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await WriteAsync(file, bytes, cancellationToken);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(draft, folder);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }

        return new(folder, EvidencePack.HashOf(manifest), files.Count + 1);
    }

    private static async Task WriteAsync(string file, byte[] bytes, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(bytes, cancellationToken);
#pragma warning disable CA1849 // There is no asynchronous flush to the disk.
        stream.Flush(flushToDisk: true);
#pragma warning restore CA1849
    }
}
