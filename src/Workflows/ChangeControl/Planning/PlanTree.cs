using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>
/// The items of a plan as leaves of one tree, the contingent ones last: what its hash covers, and what a warrant is cut from.
/// </summary>
public sealed class PlanTree
{
    private readonly PlanHeader _header;
    private readonly IReadOnlyList<PlanItem> _items;
    private readonly byte[][] _leaves;

    /// <summary>The tree of a plan.</summary>
    public PlanTree(Plan plan)
    {
        _header = PlanHeader.Of(plan);
        _items = [.. plan.Items, .. plan.Contingent];
        _leaves = [.. _items.Select(LeafOf)];
        Hash = _header.HashWith(MerkleTree.Root(_leaves));
    }

    /// <summary>The hash of the plan.</summary>
    public string Hash { get; }

    /// <summary>The hash of an item.</summary>
    public static byte[] LeafOf(PlanItem item) => MerkleTree.Leaf(CanonicalJson.Serialize(item));

    /// <summary>The warrant for an item; null where the plan has no such item.</summary>
    /// <param name="step">The step that makes the change.</param>
    /// <param name="name">The name of the object, where the step has several; null takes the first.</param>
    public Warrant? Warrant(string step, string? name = null)
    {
        for (int index = 0; index < _items.Count; index++)
        {
            if (_items[index].Step == step && (name is null || _items[index].Object.Name == name))
            {
                return new(
                    _header, _items[index], index, _items.Count, [.. MerkleTree.Path(_leaves, index).Select(Convert.ToHexStringLower)]);
            }
        }

        return null;
    }
}
