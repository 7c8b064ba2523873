using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Schemas;

/// <summary>
/// The program of the lab's API server. It carries the descriptions of its protobuf messages, each a packed <c>FileDescriptorProto</c>,
/// as every program in Go does that has them; no server tells them.
/// </summary>
internal static partial class ServerProgram
{
    private const int LongestDescription = 1 << 21;

    // A gzip header without a file name, as Go writes it: ten bytes with what follows these eight.
    private static readonly byte[] Packed = [0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00];
    private const int HeaderLength = 10;

    /// <summary>The descriptions of the messages of the served versions: a <c>FileDescriptorSet</c>.</summary>
    public static byte[] Messages()
    {
        ReadOnlySpan<byte> program = File.ReadAllBytes(Path.Combine(Folder(), "bin", "kube-lab"));
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        for (int at = program.IndexOf(Packed); at >= 0;)
        {
            ReadOnlySpan<byte> rest = program[at..];
            if (Unpacked(rest[..Math.Min(rest.Length, LongestDescription)].ToArray()) is { } file)
            {
                files[FileDescriptorProto.Parser.ParseFrom(file).Name] = file;
            }

            int next = program[(at + 1)..].IndexOf(Packed);
            at = next < 0 ? -1 : at + 1 + next;
        }

        // Written as they are: the library would put the options of gogo, which it does not know, in another order.
        using MemoryStream set = new();
        using CodedOutputStream output = new(set);
        foreach (byte[] file in files.Values)
        {
            output.WriteTag(FileDescriptorSet.FileFieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(file));
        }

        output.Flush();
        return set.ToArray();
    }

    private static byte[]? Unpacked(byte[] bytes)
    {
        try
        {
            // Not as gzip, which would go on with the next description where it follows without a gap.
            using DeflateStream text = new(new MemoryStream(bytes[HeaderLength..]), CompressionMode.Decompress);
            byte[] head = new byte[256];
            int length = text.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (length < 2 || head[0] != 0x0a || !Wanted().IsMatch(Encoding.ASCII.GetString(head, 2, Math.Min(head[1], length - 2))))
            {
                return null;
            }

            using MemoryStream whole = new();
            whole.Write(head, 0, length);
            text.CopyTo(whole);
            return whole.ToArray();
        }
        catch (InvalidDataException)
        {
            // Something else that begins like this.
            return null;
        }
    }

    private static string Folder()
    {
        ProcessStartInfo start = new(Path.Combine(LabTools.Folder!, "unpack")) { RedirectStandardOutput = true };
        using Process unpack = Process.Start(start)!;
        return unpack.StandardOutput.ReadToEnd().Trim();
    }

    [GeneratedRegex(
        "^k8s.io/(api/[a-z]+/(v1|v2)|apimachinery/pkg/(apis/meta/v1|runtime|api/resource|util/intstr|runtime/schema)" +
        "|apiextensions-apiserver/pkg/apis/apiextensions/v1|kube-aggregator/pkg/apis/apiregistration/v1)/generated.proto$")]
    private static partial Regex Wanted();
}
