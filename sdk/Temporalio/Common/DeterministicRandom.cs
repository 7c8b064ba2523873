using System.Buffers.Binary;

namespace Temporalio.Common;

/// <summary>
/// A random number generator that gives the same numbers for the same seed in every version and on every platform: PCG XSL RR 128/64
/// (MCG). Histories depend on it, so it never changes.
/// </summary>
public class DeterministicRandom : Random
{
    // How a 64-bit seed is stretched to 128 bits: a PCG32 generator with this multiplier and increment.
    private const ulong SeedMultiplier = 6364136223846793005;
    private const ulong SeedIncrement = 11634580027462260723;

    private static readonly UInt128 Multiplier = new(0x2360_ED05_1FC6_5DA4, 0x4385_DF64_9FCC_F645);

    private UInt128 _state;

    /// <summary>Makes a generator.</summary>
    /// <param name="seed">The seed.</param>
    public DeterministicRandom(ulong seed)
    {
        Span<uint> words = stackalloc uint[4];
        foreach (ref uint word in words)
        {
            seed = unchecked((seed * SeedMultiplier) + SeedIncrement);
            uint shifted = (uint)(((seed >> 18) ^ seed) >> 27);
            word = uint.RotateRight(shifted, (int)(seed >> 59));
        }

        _state = new UInt128(words[2] | ((ulong)words[3] << 32), words[0] | ((ulong)words[1] << 32)) | UInt128.One;
    }

    private DeterministicRandom(UInt128 state) => _state = state | UInt128.One;

    /// <summary>A number of at least 0 and less than <see cref="int.MaxValue"/>.</summary>
    /// <returns>The number.</returns>
    public override int Next() => Next(0, int.MaxValue);

    /// <summary>A number of at least 0 and less than the maximum; 0 for a maximum of 0.</summary>
    /// <param name="maxValue">The maximum, at least 0.</param>
    /// <returns>The number.</returns>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <summary>A number of at least the minimum and less than the maximum; the minimum if they are equal.</summary>
    /// <param name="minValue">The minimum.</param>
    /// <param name="maxValue">The maximum, at least the minimum.</param>
    /// <returns>The number.</returns>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        if (minValue == maxValue)
        {
            return minValue;
        }

        // Canon's method: one multiplication, and a second draw only where the first can be biased.
        uint range = unchecked((uint)maxValue - (uint)minValue);
        ulong product = (ulong)NextUInt32() * range;
        uint result = (uint)(product >> 32);
        uint low = (uint)product;
        if (low > unchecked(0U - range))
        {
            uint more = (uint)(((ulong)NextUInt32() * range) >> 32);
            result += (ulong)low + more > uint.MaxValue ? 1U : 0U;
        }

        return unchecked((int)((uint)minValue + result));
    }

    /// <summary>Fills an array with random bytes.</summary>
    /// <param name="buffer">The array.</param>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Fills a span with random bytes.</summary>
    /// <param name="buffer">The span.</param>
    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, NextUInt64());
        }

        if (buffer.Length > 0)
        {
            Span<byte> last = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(last, NextUInt64());
            last[..buffer.Length].CopyTo(buffer);
        }
    }

    /// <summary>A number of at least 0 and less than 1.</summary>
    /// <returns>The number.</returns>
    public override double NextDouble() => Sample();

    /// <summary>The generator in a given state, for comparison with published sequences.</summary>
    internal static DeterministicRandom WithState(UInt128 state) => new(state);

    /// <summary>The generator's next raw output.</summary>
    internal ulong NextUInt64()
    {
        _state = unchecked(_state * Multiplier);
        return ulong.RotateRight((ulong)(_state >> 64) ^ (ulong)_state, (int)(_state >> 122));
    }

    /// <summary>A number of at least 0 and less than 1.</summary>
    /// <returns>The number.</returns>
    protected override double Sample() =>
        BitConverter.UInt64BitsToDouble((NextUInt64() >> 12) | 0x3FF0_0000_0000_0000) - 1.0;

    private uint NextUInt32() => (uint)NextUInt64();
}
