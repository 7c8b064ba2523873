using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>A leaf proves that it belongs to a root, and nothing else does.</summary>
public sealed class MerkleTreeTests
{
    // RFC 9162, 2.1.1: the hash of an empty list is that of nothing, that of one entry has the prefix 0.
    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    public void Root_OfNothingOrOneEmptyLeaf_IsThatOfTheStandard(int leaves, string root) =>
        Assert.Equal(root, Convert.ToHexStringLower(MerkleTree.Root([.. Enumerable.Repeat(MerkleTree.Leaf(""), leaves)])));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    public void Path_OfEachLeaf_LeadsToTheRootFromItsOwnPlaceAlone(int count)
    {
        byte[][] leaves = Leaves(count);
        byte[] root = MerkleTree.Root(leaves);
        for (int index = 0; index < count; index++)
        {
            IReadOnlyList<byte[]> path = MerkleTree.Path(leaves, index);

            Assert.Equal(root, MerkleTree.RootOf(leaves[index], index, count, path));
            Assert.NotEqual(root, MerkleTree.RootOf(MerkleTree.Leaf("forged"), index, count, path));
            Assert.All(
                Enumerable.Range(0, count).Where(other => other != index),
                other => Assert.NotEqual(root, MerkleTree.RootOf(leaves[index], other, count, path)));
        }
    }

    [Theory]
    [InlineData(-1, 4, 2)]
    [InlineData(4, 4, 2)]
    [InlineData(0, 4, 1)]
    [InlineData(0, 4, 3)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 0, 0)]
    public void Path_ThatFitsNoTree_LeadsNowhere(int index, int count, int levels) =>
        Assert.Null(MerkleTree.RootOf(MerkleTree.Leaf("a"), index, count, [.. Enumerable.Repeat(MerkleTree.Leaf("b"), levels)]));

    [Fact]
    public void Node_InThePlaceOfALeaf_LeadsNowhere()
    {
        byte[][] leaves = Leaves(4);
        byte[] inner = MerkleTree.Root(leaves.AsSpan(0, 2));

        Assert.NotEqual(
            MerkleTree.Root(leaves),
            MerkleTree.RootOf(MerkleTree.Leaf(Convert.ToHexString(inner)), 0, 2, [MerkleTree.Root(leaves.AsSpan(2, 2))]));
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(number => MerkleTree.Leaf($"item {number}"))];
}
