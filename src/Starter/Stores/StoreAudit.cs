using System.Text.Json;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Starter.Stores;

/// <summary>What a look through a whole store found.</summary>
/// <param name="Store">Where it is.</param>
/// <param name="Chains">How many audit chains it has.</param>
/// <param name="Events">How many events they have.</param>
/// <param name="Packs">How many evidence packs it has.</param>
/// <param name="Open">The chains without a pack, as <c>change/run</c>: of runs that go on, or that did not come to their end.</param>
/// <param name="Faults">What is wrong, one sentence each, the first broken event or file first; empty where nothing is.</param>
internal sealed record StoreAudit(
    string Store, int Chains, int Events, int Packs, IReadOnlyList<string> Open, IReadOnlyList<string> Faults)
{
    /// <summary>Computes every hash anew.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public static async Task<StoreAudit> OfAsync(EvidenceStore store, CancellationToken cancellationToken)
    {
        List<string> faults = [];
        IReadOnlyList<ChainKey> chains = await store.ListChainsAsync(cancellationToken);
        int events = 0;
        foreach (ChainKey chain in chains)
        {
            IReadOnlyList<StoredEvent> kept = await store.ReadChainAsync(chain, cancellationToken);
            events += kept.Count;
            faults.AddRange(Verify(kept).Select(fault => $"{chain.ChainId}/{chain.RunId}: {fault}"));
        }

        IReadOnlyList<StoredPack> packs = await store.ListPacksAsync(null, cancellationToken);
        foreach (StoredPack pack in packs)
        {
            IReadOnlyDictionary<string, byte[]> files = await store.ReadPackAsync(pack.ChangeId, pack.RunId, cancellationToken);
            faults.AddRange(
                EvidencePack.Verify(files, pack.PackHash).Select(fault => $"Pack {pack.ChangeId}/{pack.RunId}: {fault}"));
        }

        HashSet<ChainKey> ended = [.. packs.Select(pack => new ChainKey(pack.ChangeId, pack.RunId))];
        return new(
            store.Location,
            chains.Count,
            events,
            packs.Count,
            [.. chains.Where(chain => !ended.Contains(chain)).Select(chain => $"{chain.ChainId}/{chain.RunId}")],
            faults);
    }

    private static IReadOnlyList<string> Verify(IReadOnlyList<StoredEvent> kept)
    {
        List<AuditEvent> events = [];
        foreach (StoredEvent row in kept)
        {
            AuditEvent? audit = null;
            try
            {
                audit = JsonSerializer.Deserialize<AuditEvent>(row.Body);
            }
            catch (JsonException)
            {
                // As null.
            }

            if (audit is null || audit.Seq != row.Seq || audit.Hash != row.Hash)
            {
                return [$"Event {row.Seq} ({row.Type}) does not have the number and hash that it is kept under."];
            }

            events.Add(audit);
        }

        return AuditChain.Verify(events);
    }
}
