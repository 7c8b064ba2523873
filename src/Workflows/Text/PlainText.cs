using System.Buffers;
using System.Globalization;
using System.Text;

namespace Orchestrator.Workflows.Text;

/// <summary>
/// Text that somebody else wrote (reasons, comments, names, annotations, answers of servers), made fit to be shown: nothing in it can
/// move a cursor, hide a part, or turn the direction of what stands beside it. Everything that draws such text uses this.
/// </summary>
public static class PlainText
{
    private static readonly SearchValues<char> MarkdownSigns = SearchValues.Create("\\`*_[]<>|~");

    /// <summary>
    /// The text on one line: white space of any kind is a blank; control characters, format characters (direction, joiners, tags), what
    /// is not a character and private ones are left out. Null is empty.
    /// </summary>
    public static string Clean(string? text)
    {
        if (text is null || text.All(IsOrdinary))
        {
            return text ?? "";
        }

        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r'
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (IsShown(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>The same for Markdown: what would be a link, a table cell, HTML or emphasis there is shown as it was written.</summary>
    public static string Markdown(string? text)
    {
        string clean = Clean(text);
        return clean.AsSpan().IndexOfAny(MarkdownSigns) < 0
            ? clean
            : string.Concat(clean.Select(letter => MarkdownSigns.Contains(letter) ? $"\\{letter}" : $"{letter}"));
    }

    /// <summary>Whether a character is shown as itself.</summary>
    public static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static bool IsOrdinary(char letter) => letter is >= ' ' and <= '~';
}
