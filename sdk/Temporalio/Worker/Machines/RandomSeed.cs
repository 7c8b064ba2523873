using System.Buffers.Binary;
using System.Text;

namespace Temporalio.Worker.Machines;

/// <summary>The seed of a run's randomness: SipHash-1-3 of the run id, as all official SDKs take it.</summary>
internal static class RandomSeed
{
    public static ulong Of(string runId)
    {
        // The hash of a text ends with a byte that no UTF-8 text holds.
        byte[] text = [.. Encoding.UTF8.GetBytes(runId), 0xFF];
        SipState state = new();
        ReadOnlySpan<byte> rest = text;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            state.Compress(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        ulong last = (ulong)text.Length << 56;
        for (int i = 0; i < rest.Length; i++)
        {
            last |= (ulong)rest[i] << (8 * i);
        }

        state.Compress(last);
        return state.Finish();
    }

    private ref struct SipState
    {
        private ulong _v0 = 0x736F6D6570736575;
        private ulong _v1 = 0x646F72616E646F6D;
        private ulong _v2 = 0x6C7967656E657261;
        private ulong _v3 = 0x7465646279746573;

        public SipState()
        {
        }

        public void Compress(ulong word)
        {
            _v3 ^= word;
            Round();
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xFF;
            Round();
            Round();
            Round();
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Round()
        {
            unchecked
            {
                _v0 += _v1;
                _v1 = ulong.RotateLeft(_v1, 13) ^ _v0;
                _v0 = ulong.RotateLeft(_v0, 32);
                _v2 += _v3;
                _v3 = ulong.RotateLeft(_v3, 16) ^ _v2;
                _v0 += _v3;
                _v3 = ulong.RotateLeft(_v3, 21) ^ _v0;
                _v2 += _v1;
                _v1 = ulong.RotateLeft(_v1, 17) ^ _v2;
                _v2 = ulong.RotateLeft(_v2, 32);
            }
        }
    }
}
