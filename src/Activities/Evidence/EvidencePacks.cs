using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// Keeps evidence packs: each is there whole or not at all, and stays as it was written. On a laptop a copy for people lies in the folder
/// of evidence, <c>change/run</c>.
/// </summary>
internal sealed class EvidencePacks(WorkerStore store)
{
    /// <summary>
    /// Keeps a pack; one of the same run that is there already, from a try whose answer was lost, is compared and stays.
    /// </summary>
    /// <param name="changeId">The change.</param>
    /// <param name="runId">The run.</param>
    /// <param name="files">Its files by checked path, without the manifest.</param>
    /// <param name="growing">
    /// The files that say more at each try, as the history of the run does: of a pack that is there they are held against its
    /// manifest alone.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApplicationFailureException">
    /// The store cannot be written; or there is another pack in the place of the run's.
    /// </exception>
    public Task<EvidenceReference> WriteAsync(
        string changeId,
        string? runId,
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlySet<string> growing,
        CancellationToken cancellationToken)
    {
        PackName name = PackName.Of(changeId, runId);
        byte[] manifest = EvidencePack.Manifest(changeId, files);
        Dictionary<string, byte[]> written = new(files, StringComparer.Ordinal) { [EvidenceManifest.FileName] = manifest };
        return store.UseAsync(async kept =>
        {
            StoredPack pack = new(name.Change, name.Run, EvidencePack.HashOf(manifest));
            IReadOnlyDictionary<string, byte[]> all = await kept.AddPackAsync(pack, written, cancellationToken)
                ? written
                : await FindAsync(kept, name, files, growing, cancellationToken);
            return new EvidenceReference(
                await CopyAsync(name, all, cancellationToken), EvidencePack.HashOf(all[EvidenceManifest.FileName]), all.Count);
        }, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> FindAsync(
        EvidenceStore kept,
        PackName name,
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlySet<string> growing,
        CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, byte[]> found = await kept.ReadPackAsync(name.Change, name.Run, cancellationToken);
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
            ? found
            : throw new StoreConflictException(
                $"The pack {name.Change}/{name.Run} in {kept.Location} is not this run's; it was not changed. {string.Join(" ", faults)}");
    }

    private async Task<string> CopyAsync(PackName name, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        if (store.Folder is null)
        {
            return $"{store.Location}#{name.Change}/{name.Run}";
        }

        string folder = Path.Combine(store.Folder, name.Change, name.Run);
        await PackFolder.WriteAsync(folder, files, cancellationToken);
        return folder;
    }
}
