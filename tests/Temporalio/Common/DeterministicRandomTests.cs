using Temporalio.Common;
using Temporalio.Worker.Machines;

namespace Temporalio.Tests.Common;

/// <summary>Numbers that histories depend on: they may never change.</summary>
public sealed class DeterministicRandomTests
{
    [Fact]
    public void Generator_State42_GivesThePublishedSequence()
    {
        DeterministicRandom random = DeterministicRandom.WithState(42);

        Assert.Equal(
            [0x63b4a3a813ce700a, 0x382954200617ab24, 0xa7fd85ae3fe950ce, 0xd715286aa2887737, 0x60c92fee2e59f32c, 0x84c4e96beff30017],
            Enumerable.Range(0, 6).Select(_ => random.NextUInt64()));
    }

    [Theory]
    [InlineData("", 3476900567878811119)]
    [InlineData("a", 8186225505942432243)]
    [InlineData("4ec7bd5e-3a5d-4a39-b7f1-7e1d4b1f8f9a", 14415159320959680365)]
    public void Seed_RunId_IsItsSipHash13(string runId, ulong seed) => Assert.Equal(seed, RandomSeed.Of(runId));

    [Fact]
    public void Random_SameSeed_GivesTheSameOfEveryKind()
    {
        Assert.Equal(Draw(new(7)), Draw(new(7)));
        Assert.NotEqual(Draw(new(7)), Draw(new(8)));

        static object[] Draw(DeterministicRandom random)
        {
            byte[] bytes = new byte[21];
            random.NextBytes(bytes);
            return
            [
                random.Next(), random.Next(10), random.Next(-5, 5), random.NextInt64(), random.NextInt64(1L << 40), random.NextInt64(-9, 9),
                random.NextDouble(), random.NextSingle(), Convert.ToHexString(bytes), string.Concat(random.GetItems("abcdef".AsSpan(), 9)),
            ];
        }
    }

    [Fact]
    public void Next_Range_StaysWithinAndReachesBothEnds()
    {
        DeterministicRandom random = new(1);

        Assert.Equal([3, 4, 5], Enumerable.Range(0, 100).Select(_ => random.Next(3, 6)).Distinct().Order());
        Assert.Equal(4, random.Next(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(5, 4));
    }
}
