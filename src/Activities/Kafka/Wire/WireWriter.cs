using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>Writes the primitive types of Kafka's protocol: big-endian, with the compact forms of its flexible versions.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public WireWriter Int8(sbyte value)
    {
        _bytes.Write([(byte)value]);
        return this;
    }

    public WireWriter Int16(short value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(buffer, value);
        _bytes.Write(buffer);
        return this;
    }

    public WireWriter Int32(int value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(buffer, value);
        _bytes.Write(buffer);
        return this;
    }

    /// <summary>A string of the older versions.</summary>
    public WireWriter ShortString(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        Int16((short)text.Length);
        _bytes.Write(text);
        return this;
    }

    public WireWriter CompactString(string value) => CompactBytes(Encoding.UTF8.GetBytes(value));

    public WireWriter CompactBytes(ReadOnlySpan<byte> value)
    {
        VarInt((uint)value.Length + 1);
        _bytes.Write(value);
        return this;
    }

    /// <summary>The length of an array that follows.</summary>
    public WireWriter CompactArray(int length) => VarInt((uint)length + 1);

    /// <summary>No tagged fields.</summary>
    public WireWriter NoTags() => VarInt(0);

    private WireWriter VarInt(uint value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
        return this;
    }
}
