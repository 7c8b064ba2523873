namespace Temporalio.Common.EnvConfig;

/// <summary>A position in a TOML text.</summary>
internal sealed class TomlText(string text)
{
    private int _position;

    public bool IsAtEnd => _position >= text.Length;

    /// <summary>The character at the position; NUL at the end.</summary>
    public char Peek => IsAtEnd ? '\0' : text[_position];

    /// <summary>An error at the position.</summary>
    public FormatException Error(string problem) =>
        new($"line {text.AsSpan(0, Math.Min(_position, text.Length)).Count('\n') + 1}: {problem}");

    /// <summary>Takes the character at the position.</summary>
    /// <exception cref="FormatException">The text is at its end.</exception>
    public char Read() => IsAtEnd ? throw Error("the text ends too early") : text[_position++];

    public bool TryRead(char expected)
    {
        if (Peek != expected || IsAtEnd)
        {
            return false;
        }

        _position++;
        return true;
    }

    public bool TryRead(string expected)
    {
        if (!text.AsSpan(Math.Min(_position, text.Length)).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    public void Expect(char expected)
    {
        if (!TryRead(expected))
        {
            throw Error($"'{expected}' is missing");
        }
    }

    /// <summary>Takes the characters that belong to something, at least one.</summary>
    public string ReadWhile(Func<char, bool> belongs, string what)
    {
        int start = _position;
        while (!IsAtEnd && belongs(text[_position]))
        {
            _position++;
        }

        return _position > start ? text[start.._position] : throw Error($"{what} is missing");
    }

    /// <summary>The time that follows a date after a space; null when there is none.</summary>
    public string? TryReadTime()
    {
        if (Peek != ' ' || _position + 1 >= text.Length || !char.IsAsciiDigit(text[_position + 1]))
        {
            return null;
        }

        _position++;
        return ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '+' or '-', "a time");
    }

    public void SkipSpaces()
    {
        while (Peek is ' ' or '\t')
        {
            _position++;
        }
    }

    /// <summary>Skips spaces, comments and ends of lines.</summary>
    public void SkipBlankLines()
    {
        for (SkipSpaces(); TryReadEndOfLine(); SkipSpaces())
        {
        }
    }

    /// <summary>Takes what may stand behind a value: a comment, and the end of the line or text.</summary>
    public void ReadEndOfLine()
    {
        SkipSpaces();
        if (!IsAtEnd && !TryReadEndOfLine())
        {
            throw Error("the end of the line is missing");
        }
    }

    private bool TryReadEndOfLine()
    {
        if (Peek == '#')
        {
            int end = text.IndexOf('\n', _position);
            _position = end < 0 ? text.Length : end;
            return IsAtEnd || TryRead('\n');
        }

        return TryRead("\r\n") || TryRead('\n');
    }
}
