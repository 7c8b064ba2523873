using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Stores;

/// <summary>What a look through a store found, for people.</summary>
internal static class StoreSheet
{
    public static Sheet Of(StoreAudit audit) => new Sheet()
        .Facts(
            ("Store", audit.Store),
            ("Audit chains", $"{audit.Chains}, with {audit.Events} events"),
            ("Packs", $"{audit.Packs}"),
            ("Without a pack", audit.Open.Count == 0 ? "none" : $"{audit.Open.Count}"))
        .List("Runs that go on, or did not come to their end", audit.Open.Select(run => new Cell[] { run }))
        .List("Broken", audit.Faults.Select(fault => new Cell[] { fault }))
        .Line(audit.Faults.Count == 0 ? "Every hash is right." : $"{audit.Faults.Count} broken.");
}
