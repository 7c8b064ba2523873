using Microsoft.Extensions.Options;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// Keeps evidence packs in a folder, <c>change/run</c>: each is there whole or not at all, and stays as it was written. Nothing that is
/// there is ever replaced or removed.
/// </summary>
internal sealed class EvidenceFolder(IOptions<EvidenceOptions> options)
{
    /// <summary>Why a change cannot begin, since its evidence could not be kept; null where it could.</summary>
    public Refusal? Refuse() => EvidenceProbe.Fault(options.Value.Folder) is { } fault
        ? Refusal.Block(
            ReasonCodes.AuditUnavailable,
            $"The folder of evidence, {options.Value.Folder}, cannot be written: {fault}",
            options.Value.Folder,
            howToResolve: "Make room, or give the worker the right to write there.")
        : null;

    /// <summary>
    /// Writes a pack; one of the same run that is there already, from a try whose answer was lost, is compared and stays.
    /// </summary>
    /// <param name="changeId">The change.</param>
    /// <param name="runId">The run.</param>
    /// <param name="files">Its files by checked path, without the manifest.</param>
    /// <param name="growing">
    /// The files that say more at each try, as the history of the run does: of a pack that is there they are held against its
    /// manifest alone.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="ApplicationFailureException">There is another pack in the place of the run's.</exception>
    public async Task<EvidenceReference> WriteAsync(
        string changeId,
        string? runId,
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlySet<string> growing,
        CancellationToken cancellationToken)
    {
        PackName name = PackName.Of(changeId, runId);
        string folder = Path.GetFullPath(Path.Combine(options.Value.Folder, name.Change, name.Run));
        if (Path.Exists(folder))
        {
            return await FindAsync(folder, files, growing, cancellationToken);
        }

        string draft = Path.GetFullPath(Path.Combine(options.Value.Folder, $".draft-{Guid.NewGuid():N}"));
        byte[] manifest = EvidencePack.Manifest(changeId, files);
        try
        {
            foreach ((string path, byte[] bytes) in files.Append(new(EvidenceManifest.FileName, manifest)))
            {
                string file = Path.Combine(draft, path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await WriteAsync(file, bytes, cancellationToken);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Path.Exists(folder))
        {
            // Another try of this call was faster.
            return await FindAsync(folder, files, growing, cancellationToken);
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

    private static async Task<EvidenceReference> FindAsync(
        string folder, IReadOnlyDictionary<string, byte[]> files, IReadOnlySet<string> growing, CancellationToken cancellationToken)
    {
        Dictionary<string, byte[]> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            found[Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')] =
                await File.ReadAllBytesAsync(file, cancellationToken);
        }

        List<string> faults =
        [
            .. EvidencePack.Verify(found),
            .. files
                .Where(file => !growing.Contains(file.Key)
                    && !(found.TryGetValue(file.Key, out byte[]? bytes) && bytes.AsSpan().SequenceEqual(file.Value)))
                .Select(file => $"{file.Key} differs from what this run would write."),
            .. found.Keys
                .Where(path => path != EvidenceManifest.FileName && !files.ContainsKey(path) && !growing.Contains(path))
                .Select(path => $"{path} does not belong to this run."),
        ];
        return faults.Count == 0
            ? new(folder, EvidencePack.HashOf(found[EvidenceManifest.FileName]), found.Count)
            : throw new ApplicationFailureException(
                $"{folder} already exists and is not this run's pack; it was not changed. {string.Join(" ", faults)}",
                errorType: ReasonCodes.AuditChainConflict,
                nonRetryable: true);
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
