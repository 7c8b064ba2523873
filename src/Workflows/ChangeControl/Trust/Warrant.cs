using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>
/// What an act shows to prove that an approved plan allows it: the item, and how it belongs to the plan with the hash that was voted on.
/// It grows with the logarithm of the plan, and stays under 16 KiB as long as a single item does.
/// </summary>
/// <param name="Header">What the hash covers beside the items.</param>
/// <param name="Item">The item that the act carries out.</param>
/// <param name="Index">Its place among the leaves, from 0.</param>
/// <param name="Count">How many leaves there are.</param>
/// <param name="Path">The hashes beside its way to the root, the nearest first, in hexadecimal.</param>
public sealed record Warrant(PlanHeader Header, PlanItem Item, int Index, int Count, IReadOnlyList<string> Path)
{
    // No more levels than an index has bits.
    private const int MostLevels = 32;
    private const int HashCharacters = 64;

    /// <summary>Whether the item is put back instead of carried out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Undoes { get; init; }

    /// <summary>The hash of the plan that it was cut from; null where it was cut from none.</summary>
    public string? PlanHash()
    {
        bool isHex = Path.Count <= MostLevels && Path.All(hash => hash.Length == HashCharacters && hash.All(char.IsAsciiHexDigit));
        return isHex && MerkleTree.RootOf(PlanTree.LeafOf(Item), Index, Count, [.. Path.Select(Convert.FromHexString)]) is { } root
            ? Header.HashWith(root)
            : null;
    }
}
