using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>
/// Hash tree of RFC 9162, section 2.1, over SHA-256: a leaf proves that it belongs to a root with one hash a level, so the proof grows with
/// the logarithm of the number of leaves.
/// </summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The hash of a leaf.</summary>
    public static byte[] Leaf(string text) => SHA256.HashData([LeafPrefix, .. Encoding.UTF8.GetBytes(text)]);

    /// <summary>The root over the hashes of all leaves; without leaves the hash of nothing.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        }

        int left = LeftOf(leaves.Length);
        return Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>What a leaf is proved with: the hashes beside its way to the root, the nearest first.</summary>
    public static IReadOnlyList<byte[]> Path(ReadOnlySpan<byte[]> leaves, int index)
    {
        if (leaves.Length <= 1)
        {
            return [];
        }

        int left = LeftOf(leaves.Length);
        return index < left
            ? [.. Path(leaves[..left], index), Root(leaves[left..])]
            : [.. Path(leaves[left..], index - left), Root(leaves[..left])];
    }

    /// <summary>The root that a leaf and its path lead to; null where the path is not one of a tree with so many leaves.</summary>
    public static byte[]? RootOf(byte[] leaf, int index, int count, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= count || (path.Count == 0) != (count == 1))
        {
            return null;
        }

        if (count == 1)
        {
            return leaf;
        }

        int left = LeftOf(count);
        List<byte[]> below = [.. path.Take(path.Count - 1)];
        bool isLeft = index < left;
        return (isLeft ? RootOf(leaf, index, left, below) : RootOf(leaf, index - left, count - left, below)) is not { } root ? null
            : isLeft ? Node(root, path[^1])
            : Node(path[^1], root);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([NodePrefix, .. left, .. right]);

    // The largest power of two that is less than the number of leaves.
    private static int LeftOf(int count) => 1 << int.Log2(count - 1);
}
