namespace Orchestrator.Workflows.Tests.Documentation;

/// <summary>A page of the documentation, as it is in this checkout.</summary>
internal sealed class Page(string path)
{
    public string Text { get; } = File.ReadAllText(Path.Combine(Root(), "docs", path));

    /// <summary>The text under a heading of the second level.</summary>
    public string Section(string heading) =>
        Text.Split("\n## ").Single(section => section.StartsWith($"{heading}\n", StringComparison.Ordinal));

    /// <summary>The rows of the tables under a heading: their cells.</summary>
    public IReadOnlyList<string[]> Rows(string heading) =>
    [
        .. Section(heading).Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>The lines of the table under a heading, without its head.</summary>
    public IReadOnlyList<string> RowLines(string heading) =>
        [.. Section(heading).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

    /// <summary>Writes the lines of the table under a heading anew, in this checkout.</summary>
    public void ReplaceRows(string heading, IReadOnlyList<string> rows)
    {
        string section = Section(heading);
        List<string> lines = [.. section.Split('\n')];
        int first = lines.FindIndex(line => line.StartsWith("|---", StringComparison.Ordinal)) + 1;
        lines.RemoveRange(first, RowLines(heading).Count);
        lines.InsertRange(first, rows);
        File.WriteAllText(Path.Combine(Root(), "docs", path), Text.Replace(section, string.Join('\n', lines), StringComparison.Ordinal));
    }

    /// <summary>The names in back quotes in the first cells under a heading, in order.</summary>
    public IReadOnlyList<string> Names(string heading) =>
        [.. Rows(heading).SelectMany(row => row[0].Split(", ")).Select(name => name.Trim('`'))];

    /// <summary>The blocks of code in a language; the empty string for those that name none.</summary>
    public IReadOnlyList<string> Blocks(string language) =>
    [
        .. Text.Split("\n```").Select((part, index) => (part, index)).Where(row => row.index % 2 == 1)
            .Select(row => row.part)
            .Where(part => part.Split('\n')[0] == language).Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]),
    ];

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Orchestrator.sln.");
    }
}
