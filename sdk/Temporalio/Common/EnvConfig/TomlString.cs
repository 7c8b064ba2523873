using System.Globalization;
using System.Text;

namespace Temporalio.Common.EnvConfig;

/// <summary>The four kinds of text in TOML.</summary>
internal static class TomlString
{
    /// <summary><c>"text"</c>, with escapes.</summary>
    public static string ReadBasic(TomlText text)
    {
        StringBuilder value = new();
        text.Expect('"');
        while (!text.TryRead('"'))
        {
            char character = ReadOnLine(text);
            if (character == '\\')
            {
                AppendEscape(text, value);
            }
            else
            {
                value.Append(character);
            }
        }

        return value.ToString();
    }

    /// <summary><c>'text'</c>, as it stands.</summary>
    public static string ReadLiteral(TomlText text)
    {
        StringBuilder value = new();
        text.Expect('\'');
        while (!text.TryRead('\''))
        {
            value.Append(ReadOnLine(text));
        }

        return value.ToString();
    }

    /// <summary>The rest of <c>"""text"""</c>, with escapes, over several lines.</summary>
    public static string ReadBasicBlock(TomlText text)
    {
        StringBuilder value = new();
        SkipFirstLineEnd(text);
        while (!text.TryRead("\"\"\""))
        {
            char character = text.Read();
            if (character != '\\')
            {
                value.Append(character);
            }
            else if (text.Peek is ' ' or '\t' or '\r' or '\n')
            {
                // A backslash at the end of a line joins the next one to it.
                text.ReadWhile(char.IsWhiteSpace, "the next line");
            }
            else
            {
                AppendEscape(text, value);
            }
        }

        return AppendQuotes(text, value, '"');
    }

    /// <summary>The rest of <c>'''text'''</c>, as it stands, over several lines.</summary>
    public static string ReadLiteralBlock(TomlText text)
    {
        StringBuilder value = new();
        SkipFirstLineEnd(text);
        while (!text.TryRead("'''"))
        {
            value.Append(text.Read());
        }

        return AppendQuotes(text, value, '\'');
    }

    private static void SkipFirstLineEnd(TomlText text)
    {
        if (!text.TryRead("\r\n"))
        {
            text.TryRead('\n');
        }
    }

    // Up to two quotes may stand before the closing three.
    private static string AppendQuotes(TomlText text, StringBuilder value, char quote)
    {
        for (int i = 0; i < 2 && text.TryRead(quote); i++)
        {
            value.Append(quote);
        }

        return value.ToString();
    }

    private static char ReadOnLine(TomlText text) =>
        text.Peek is '\n' or '\r' ? throw text.Error("the closing quote is missing") : text.Read();

    private static void AppendEscape(TomlText text, StringBuilder value)
    {
        char kind = text.Read();
        switch (kind)
        {
            case 'b': value.Append('\b'); break;
            case 't': value.Append('\t'); break;
            case 'n': value.Append('\n'); break;
            case 'f': value.Append('\f'); break;
            case 'r': value.Append('\r'); break;
            case '"' or '\\': value.Append(kind); break;
            case 'u': value.Append(ReadCodePoint(text, 4)); break;
            case 'U': value.Append(ReadCodePoint(text, 8)); break;
            default: throw text.Error($"\\{kind} means nothing");
        }
    }

    private static Rune ReadCodePoint(TomlText text, int digits)
    {
        string hex = string.Concat(Enumerable.Range(0, digits).Select(_ => text.Read()));
        return int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code)
            ? new(code)
            : throw text.Error($"{hex} is no character");
    }
}
