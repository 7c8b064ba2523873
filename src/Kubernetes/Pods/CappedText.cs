using System.Buffers;
using System.Text;

namespace Orchestrator.Kubernetes;

/// <summary>The beginning of an output, up to a limit.</summary>
internal sealed class CappedText(int limit)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    public bool IsTruncated { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        int room = Math.Min(bytes.Length, limit - _kept.WrittenCount);
        _kept.Write(bytes[..room]);
        IsTruncated |= room < bytes.Length;
    }

    public override string ToString() => Encoding.UTF8.GetString(_kept.WrittenSpan);
}
