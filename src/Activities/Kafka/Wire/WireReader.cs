using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>Reads the primitive types of Kafka's protocol.</summary>
/// <param name="bytes">One answer.</param>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public bool Bool() => Int8() != 0;

    public sbyte Int8() => (sbyte)Take(sizeof(sbyte))[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public void SkipUuid() => Take(16);

    public string CompactString() => CompactNullableString() ?? "";

    public string? CompactNullableString() => (int)VarInt() - 1 is var length and >= 0 ? Encoding.UTF8.GetString(Take(length)) : null;

    public byte[] CompactBytes() => (int)VarInt() - 1 is var length and > 0 ? Take(length).ToArray() : [];

    public IReadOnlyList<int> CompactInts() => CompactList(() => Int32());

    /// <summary>An array; empty where it is null.</summary>
    public List<T> CompactList<T>(Func<T> read)
    {
        int length = (int)VarInt() - 1;
        List<T> items = [];
        for (int i = 0; i < length; i++)
        {
            items.Add(read());
        }

        return items;
    }

    /// <summary>Passes over the tagged fields, of which none is known here.</summary>
    public void SkipTags()
    {
        for (uint left = VarInt(); left > 0; left--)
        {
            VarInt();
            Take((int)VarInt());
        }
    }

    private uint VarInt()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (uint)(next & 0x7f) << shift;
            if (next <= 0x7f)
            {
                return value;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || _at + length > bytes.Length)
        {
            throw new FormatException($"the answer ends after {bytes.Length} bytes, in the middle of a field.");
        }

        _at += length;
        return bytes.Span.Slice(_at - length, length);
    }
}
