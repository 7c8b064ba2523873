using System.Globalization;

namespace Temporalio.Common.EnvConfig;

/// <summary>
/// Reads TOML 1.0 into dictionaries, lists, text, long, double and bool. Dates stay text; arrays of tables are lists of dictionaries.
/// </summary>
internal sealed class TomlReader
{
    private readonly TomlText _text;
    private readonly Dictionary<string, object> _root = [];

    // Tables that a header or a value has defined; only the dotted paths through them may be met again.
    private readonly HashSet<Dictionary<string, object>> _closed = [];

    private TomlReader(string text) => _text = new(text);

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="FormatException">The text is not TOML; the message names the line.</exception>
    public static Dictionary<string, object> Read(string text)
    {
        TomlReader reader = new(text);
        reader.ReadDocument();
        return reader._root;
    }

    private void ReadDocument()
    {
        Dictionary<string, object> table = _root;
        for (_text.SkipBlankLines(); !_text.IsAtEnd; _text.SkipBlankLines())
        {
            if (_text.Peek == '[')
            {
                table = ReadHeader();
            }
            else
            {
                ReadPair(table);
            }

            _text.ReadEndOfLine();
        }
    }

    private Dictionary<string, object> ReadHeader()
    {
        _text.Expect('[');
        bool isArray = _text.TryRead('[');
        List<string> path = ReadKey();
        _text.Expect(']');
        if (isArray)
        {
            _text.Expect(']');
        }

        Dictionary<string, object> parent = Descend(_root, path, isHeader: true);
        string name = path[^1];
        if (isArray)
        {
            return AppendTable(parent, name);
        }

        Dictionary<string, object> table = parent.TryGetValue(name, out object? existing)
            ? existing as Dictionary<string, object> ?? throw _text.Error($"{name} is defined twice")
            : NewTable(parent, name);
        return _closed.Add(table) ? table : throw _text.Error($"the table {string.Join('.', path)} is defined twice");
    }

    private Dictionary<string, object> AppendTable(Dictionary<string, object> parent, string name)
    {
        if (!parent.TryGetValue(name, out object? existing))
        {
            parent[name] = existing = new List<object>();
        }

        Dictionary<string, object> table = [];
        (existing as List<object> ?? throw _text.Error($"{name} is defined twice")).Add(table);
        return table;
    }

    private static Dictionary<string, object> NewTable(Dictionary<string, object> parent, string name)
    {
        Dictionary<string, object> table = [];
        parent[name] = table;
        return table;
    }

    // The table that holds the last name of the path.
    private Dictionary<string, object> Descend(Dictionary<string, object> table, List<string> path, bool isHeader)
    {
        foreach (string name in path.Take(path.Count - 1))
        {
            table = table.GetValueOrDefault(name) switch
            {
                null => NewTable(table, name),
                Dictionary<string, object> next when isHeader || !_closed.Contains(next) => next,
                List<object> list when isHeader && list.LastOrDefault() is Dictionary<string, object> last => last,
                _ => throw _text.Error($"{name} is defined twice"),
            };
        }

        return table;
    }

    private void ReadPair(Dictionary<string, object> table)
    {
        List<string> path = ReadKey();
        _text.Expect('=');
        _text.SkipSpaces();
        object value = ReadValue();
        if (!Descend(table, path, isHeader: false).TryAdd(path[^1], value))
        {
            throw _text.Error($"{string.Join('.', path)} is defined twice");
        }
    }

    private List<string> ReadKey()
    {
        List<string> path = [];
        do
        {
            _text.SkipSpaces();
            path.Add(_text.Peek switch
            {
                '"' => TomlString.ReadBasic(_text),
                '\'' => TomlString.ReadLiteral(_text),
                _ => _text.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-', "a key"),
            });
            _text.SkipSpaces();
        }
        while (_text.TryRead('.'));
        return path;
    }

    private object ReadValue() => _text.Peek switch
    {
        '"' => _text.TryRead("\"\"\"") ? TomlString.ReadBasicBlock(_text) : TomlString.ReadBasic(_text),
        '\'' => _text.TryRead("'''") ? TomlString.ReadLiteralBlock(_text) : TomlString.ReadLiteral(_text),
        '[' => ReadArray(),
        '{' => ReadInlineTable(),
        _ => ReadScalar(),
    };

    private List<object> ReadArray()
    {
        List<object> items = [];
        _text.Expect('[');
        for (_text.SkipBlankLines(); !_text.TryRead(']'); _text.SkipBlankLines())
        {
            items.Add(ReadValue());
            _text.SkipBlankLines();
            if (!_text.TryRead(',') && _text.Peek != ']')
            {
                throw _text.Error("a comma or the end of the array is missing");
            }
        }

        return items;
    }

    private Dictionary<string, object> ReadInlineTable()
    {
        Dictionary<string, object> table = [];
        _text.Expect('{');
        _text.SkipSpaces();
        if (!_text.TryRead('}'))
        {
            do
            {
                ReadPair(table);
                _text.SkipSpaces();
            }
            while (_text.TryRead(','));
            _text.Expect('}');
        }

        _closed.Add(table);
        return table;
    }

    private object ReadScalar()
    {
        string word = _text.ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '.' or ':', "a value");

        // The date and the time of a date may be apart.
        if (char.IsAsciiDigit(word[0]) && word.Length == 10 && word[4] == '-')
        {
            return _text.TryReadTime() is { } time ? $"{word}T{time}" : word;
        }

        return word switch
        {
            "true" => true,
            "false" => false,
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" or "+nan" or "-nan" => double.NaN,
            _ when word.Contains(':', StringComparison.Ordinal) => word,
            _ => ReadNumber(word),
        };
    }

    private object ReadNumber(string word)
    {
        string digits = word.Replace("_", string.Empty, StringComparison.Ordinal);
        int radix = digits.Length < 2 ? 10 : digits[..2] switch { "0x" => 16, "0o" => 8, "0b" => 2, _ => 10 };
        try
        {
            if (radix != 10)
            {
                return Convert.ToInt64(digits[2..], radix);
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw _text.Error($"'{word}' is not a value");
        }

        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return whole;
        }

        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw _text.Error($"'{word}' is not a value");
    }
}
