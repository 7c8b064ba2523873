using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Starter.Inputs;

/// <summary>
/// Passes the events of one YAML or JSON document on, and refuses what could exhaust the reader or be read in two ways: nesting deeper
/// than <see cref="MostDepth"/>, aliases, a name given twice, a second document.
/// </summary>
/// <remarks>
/// Every scalar but null is passed on as text: whether <c>1.10</c> is a number or a version is known to the schema of the input alone.
/// </remarks>
internal sealed class BoundedParser(IParser inner) : IParser
{
    /// <summary>Far deeper than any input record, far from the end of the stack.</summary>
    public const int MostDepth = 32;

    private readonly Stack<Open> _open = new();
    private int _documents;

    /// <inheritdoc/>
    public ParsingEvent? Current { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="YamlException">The document is neither YAML nor JSON, or is refused.</exception>
    public bool MoveNext()
    {
        bool moved = inner.MoveNext();
        Current = moved ? Check(inner.Current!) : null;
        return moved;
    }

    private ParsingEvent Check(ParsingEvent read)
    {
        switch (read)
        {
            case DocumentStart when ++_documents > 1:
                throw No(read, "it has more than one document");
            case AnchorAlias alias:
                throw No(read, $"the alias *{alias.Value} is not allowed; write the value out");
            case MappingStart or SequenceStart:
                Take(read, null);
                _open.Push(new Open(read is MappingStart));
                return _open.Count <= MostDepth ? read : throw No(read, $"it is nested more than {MostDepth} levels deep");
            case MappingEnd or SequenceEnd:
                _open.Pop();
                return read;
            case Scalar scalar:
                Take(read, scalar.Value);
                return IsNull(scalar)
                    ? new Scalar(AnchorName.Empty, TagName.Empty, "null", ScalarStyle.Plain, true, false, read.Start, read.End)
                    : new Scalar(
                        AnchorName.Empty, TagName.Empty, scalar.Value, ScalarStyle.DoubleQuoted, false, true, read.Start, read.End);
            default:
                return read;
        }
    }

    private static bool IsNull(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    // In a mapping names and values take turns.
    private void Take(ParsingEvent read, string? name)
    {
        if (_open.TryPeek(out Open? mapping) && mapping.IsMapping)
        {
            if (!mapping.AwaitsValue && name is not null && !mapping.Names.Add(name))
            {
                throw No(read, $"'{name}' is given more than once");
            }

            mapping.AwaitsValue = !mapping.AwaitsValue;
        }
    }

    private static YamlException No(ParsingEvent at, string why) => new(at.Start, at.End, why);

    private sealed class Open(bool isMapping)
    {
        public bool IsMapping { get; } = isMapping;

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool AwaitsValue { get; set; }
    }
}
