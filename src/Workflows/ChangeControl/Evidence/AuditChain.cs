using System.Security.Cryptography;
using System.Text;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>Links audit events by their hashes, and proves that none was changed, dropped or put in. Pure.</summary>
public static class AuditChain
{
    /// <summary>What the first event links to.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>An event with its hash.</summary>
    public static AuditEvent Seal(AuditEvent audit) => audit with { Hash = HashOf(audit) };

    /// <summary>What is wrong with a chain, one sentence each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Verify(IReadOnlyList<AuditEvent> chain)
    {
        List<string> faults = [];
        string previous = Genesis;
        for (int i = 0; i < chain.Count; i++)
        {
            AuditEvent audit = chain[i];
            if (audit.Seq != i)
            {
                faults.Add($"Event {i} of {audit.ChainId} has the number {audit.Seq}.");
            }

            if (audit.PrevHash != previous)
            {
                faults.Add($"Event {i} of {audit.ChainId} does not follow the one before it.");
            }

            if (audit.Hash != HashOf(audit))
            {
                faults.Add($"Event {i} of {audit.ChainId} ({audit.Type}) was changed after it was written.");
            }

            previous = audit.Hash ?? "";
        }

        return faults;
    }

    private static string HashOf(AuditEvent audit) => Convert.ToHexStringLower(SHA256.HashData(
    [
        .. Encoding.ASCII.GetBytes(audit.PrevHash),
        .. Encoding.UTF8.GetBytes(CanonicalJson.Serialize(audit with { Hash = null })),
    ]));
}
