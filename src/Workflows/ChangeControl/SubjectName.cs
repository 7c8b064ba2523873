using System.Globalization;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// What the name of a person may look like: one that no other name can be taken for, and that is written in one way alone, so that it is in
/// Unicode's form C as it stands. Nothing here asks the system's Unicode library, which a worker may lack: a replay decides the same. After
/// UTS 39, section 5.2, moderately restrictive, on either side of an <c>@</c>. Pure.
/// </summary>
public static class SubjectName
{
    private const int Longest = 200;
    private const int LongestShown = 80;
    private const string HasColon = "has a ':'";

    // Letters that look like Latin ones: a name of nothing else passes for a Latin name.
    private const string LikeLatin = "авеорсухѕіјԁһԛԝӏАВЕКМНОРСТУХЅІЈ" + "ανιορυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օոսհՕՍԼՏ";

    // Letters that are other forms of plain ones, or two in one.
    private const string OtherForms = "ĲĳĿŀŉſǄǅǆǇǈǉǊǋǌǱǲǳևゟヿ";

    // Whole letters alone. What is put together from a letter and a mark can be written in two ways.
    private static readonly Script[] Scripts =
    [
        new("Latin", [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1E99), (0x1E9E, 0x1EFF)]),
        new("Greek", [(0x386, 0x3CE)]) { LooksLikeLatin = true },
        new("Cyrillic", [(0x400, 0x52F)]) { LooksLikeLatin = true },
        new("Armenian", [(0x531, 0x586)]) { LooksLikeLatin = true },
        new("Hebrew", [(0x5D0, 0x5EA)]),
        new("Arabic", [(0x620, 0x64A), (0x671, 0x674), (0x679, 0x6D3)]),
        new("Georgian", [(0x10D0, 0x10FA), (0x1C90, 0x1CBA)]),
        new("Ethiopic", [(0x1200, 0x135A)]),
        // Japanese is written with several; none of them looks like Latin.
        new("East Asian", [(0x3005, 0x3007), (0x3041, 0x312F), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x323AF)]),
    ];

    /// <summary>Whether a text is Unicode at all: no half of a surrogate pair stands alone in it.</summary>
    public static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i) && !(i > 0 && char.IsSurrogatePair(text, i - 1)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is wrong with a name, as the rest of a sentence that begins with it; null where nothing is.</summary>
    public static string? Fault(string name)
    {
        if (name.Length is 0 or > Longest)
        {
            return $"has {name.Length} characters; a name must have 1–{Longest}";
        }

        if (!IsWellFormed(name))
        {
            return "is not well-formed Unicode";
        }

        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Fault(rune) is { } fault)
            {
                return fault;
            }
        }

        return name.Split('@').Select(LookAlike).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>
    /// A text from others as part of a sentence: what would not be seen stands there by its number, and a long one is cut.
    /// </summary>
    public static string Shown(string? text)
    {
        StringBuilder shown = new();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (shown.Length >= LongestShown)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(rune.Value == ' ' || (Fault(rune) is null or HasColon && rune != Rune.ReplacementChar) ? $"{rune}" : Number(rune));
        }

        return shown.ToString();
    }

    private static string Number(Rune rune) => $"U+{rune.Value:X4}";

    private static string? Fault(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value == ':' => HasColon,
        _ when IsInvisible(rune.Value) => $"has the invisible character {Number(rune)}",
        _ when Rune.IsWhiteSpace(rune) => $"has a space ({Number(rune)})",
        UnicodeCategory.Control => $"has the control character {Number(rune)}",
        UnicodeCategory.Format => $"has the invisible character {Number(rune)}",
        _ when rune.IsAscii => null,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.ModifierLetter => null,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
            $"has the combining mark {Number(rune)}; write it and its letter as one character",
        _ => $"has the character {Number(rune)}, which is not allowed in names",
    };

    // Letters and marks that are drawn as nothing: fillers, joiners and variation selectors.
    private static bool IsInvisible(int value) =>
        value is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);

    private static string? LookAlike(string part)
    {
        List<Rune> letters = [.. part.EnumerateRunes().Where(Rune.IsLetter)];
        List<Script?> scripts = [.. letters.Select(letter => Scripts.FirstOrDefault(script => script.Has(letter.Value)))];
        if (scripts.IndexOf(null) is var unknown and >= 0)
        {
            return $"has the character {Number(letters[unknown])}, which is not allowed in names";
        }

        if (letters.FindIndex(letter => OtherForms.Contains($"{letter}", StringComparison.Ordinal)) is var other and >= 0)
        {
            return $"has the character {Number(letters[other])}, which is only a variant of plain letters";
        }

        List<string> used = [.. Scripts.Where(scripts.Contains).Select(script => script.Name)];
        return used.Count > 1 && (used.Count > 2 || !used.Contains("Latin") || scripts.Exists(script => script!.LooksLikeLatin))
            ? $"mixes {string.Join(" and ", used)} letters, which can look alike"
            : letters.Count > 0 && scripts[0]!.LooksLikeLatin
                && letters.TrueForAll(letter => LikeLatin.Contains($"{letter}", StringComparison.Ordinal))
                ? $"is written in {used[0]} letters that all look like Latin ones"
                : null;
    }

    private sealed record Script(string Name, (int From, int To)[] Ranges)
    {
        public bool LooksLikeLatin { get; init; }

        public bool Has(int value) => Ranges.Any(range => value >= range.From && value <= range.To);
    }
}
