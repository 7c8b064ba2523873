using System.Text;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>The sizes that no run changes, as the real server has them by default, in bytes where nothing else is said.</summary>
internal static class Sizes
{
    /// <summary>Of one request, all in all.</summary>
    public const int Message = 4 << 20;

    /// <summary>Of one input, result, failure or set of details.</summary>
    public const int Blob = 2 << 20;

    /// <summary>Above this one is worth a warning there, and what remains of a failure that is too large has it.</summary>
    public const int BlobWarning = 512 << 10;

    /// <summary>Of the memo of a workflow.</summary>
    public const int Memo = 2 << 20;

    /// <summary>Of an id or a name.</summary>
    public const int Id = 1000;

    /// <summary>Of the failure that an activity keeps between its tries.</summary>
    public const int KeptFailure = 4 << 10;

    /// <summary>How many search attributes are set at once.</summary>
    public const int AttributeCount = 100;

    /// <summary>Of the value of one of them.</summary>
    public const int Attribute = 2 << 10;

    /// <summary>Of all of them.</summary>
    public const int Attributes = 40 << 10;

    /// <summary>How many of a kind may be pending in a run: activities, children, signals to others, cancels of others.</summary>
    public const int Pending = 2000;

    /// <summary>Whether an input, a result or the like is too large.</summary>
    public static bool IsTooLarge(IMessage? blob) => blob?.CalculateSize() > Blob;

    /// <summary>Whether a memo is too large.</summary>
    public static bool IsTooLarge(Memo? memo) => memo?.CalculateSize() > Memo;

    /// <summary>Whether an id or a name is too long.</summary>
    public static bool IsTooLong(string? id) => Bytes(id) > Id;

    /// <summary>Its length as the server counts it.</summary>
    public static int Bytes(string? id) => Encoding.UTF8.GetByteCount(id ?? "");

    /// <summary>Which search attributes are too large; null where none is.</summary>
    public static string? Fault(SearchAttributes? attributes)
    {
        foreach ((string name, Payload value) in attributes?.IndexedFields ?? [])
        {
            if (value.Data.Length > Attribute)
            {
                return $"search attribute {name} value size {value.Data.Length} exceeds size limit {Attribute}";
            }
        }

        return attributes?.CalculateSize() > Attributes
            ? $"total size of search attributes {attributes.CalculateSize()} exceeds size limit {Attributes}" : null;
    }
}
