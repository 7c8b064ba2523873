using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>
/// Passes the events of a YAML document on with every scalar but null as text: whether <c>4.0</c> is a number or a release is known to the
/// field alone.
/// </summary>
internal sealed class TextScalars(IParser inner) : IParser
{
    /// <inheritdoc/>
    public ParsingEvent? Current { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        bool moved = inner.MoveNext();
        Current = moved ? AsText(inner.Current!) : null;
        return moved;
    }

    private static ParsingEvent AsText(ParsingEvent read) =>
        read is not Scalar scalar || scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? read
        : new Scalar(AnchorName.Empty, TagName.Empty, scalar.Value, ScalarStyle.DoubleQuoted, false, true, read.Start, read.End);
}
