using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Starter.Rendering;

/// <summary>
/// A table that stays readable at any width: whole where it fits; else with its widest column that can be wrapped between words; else a
/// block for each row, with a line for each value. No word is broken as long as it fits on a line.
/// </summary>
/// <param name="headers">The headers; null for a table without.</param>
/// <param name="rows">The rows, each of as many cells.</param>
internal sealed class FittingTable(IReadOnlyList<string>? headers, IReadOnlyList<Cell[]> rows) : IRenderable
{
    private const int Gap = 2;

    // Narrower columns of text are no pleasure to read.
    private const int NarrowestText = 20;

    private readonly int[] _widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => Texts(headers, rows, column).Max(Width))];

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        int width = Math.Min(maxWidth, Whole);
        return new Measurement(width, width);
    }

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        IRenderable fitting = Whole <= maxWidth ? Columns(null, 0)
            : Wrapped(maxWidth) is { } column ? Columns(column, maxWidth - Whole + _widths[column])
            : headers is null ? Headed()
            : Blocks();
        return fitting.Render(options, maxWidth);
    }

    /// <summary>A table without lines, as all of them here.</summary>
    public static Table Bare(int columns)
    {
        Table table = new() { Border = TableBorder.None };
        for (int i = 0; i < columns; i++)
        {
            table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, Gap, 0), NoWrap = i == 0 });
        }

        return table;
    }

    private int Whole => _widths.Sum() + (Gap * _widths.Length);

    private static IEnumerable<string> Texts(IReadOnlyList<string>? headers, IReadOnlyList<Cell[]> rows, int column) =>
        rows.Select(row => row[column].Shown).Append(headers?[column] ?? "");

    private static int Width(string text) => ((IRenderable)new Text(text)).Measure(Wide, int.MaxValue).Max;

    private static RenderOptions Wide { get; } = RenderOptions.Create(
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));

    // The widest column whose longest word fits into what the others leave.
    private int? Wrapped(int maxWidth) => Enumerable.Range(0, _widths.Length)
        .OrderByDescending(column => _widths[column])
        .Select(column => (Column: column, Left: maxWidth - Whole + _widths[column]))
        .Where(candidate => candidate.Left >= NarrowestText)
        .Where(candidate => Texts(headers, rows, candidate.Column).All(text => text.Split(' ').Max(Width) <= candidate.Left))
        .Select(candidate => (int?)candidate.Column)
        .FirstOrDefault();

    private Table Columns(int? wrapped, int width)
    {
        Table table = Bare(_widths.Length);
        for (int i = 0; i < _widths.Length; i++)
        {
            table.Columns[i].NoWrap = i != wrapped;
            table.Columns[i].Width = i == wrapped ? width : _widths[i];
            table.Columns[i].Header = new Text(headers?[i] ?? "", new Style(Color.Grey));
        }

        foreach (Cell[] row in rows)
        {
            table.AddRow(row.Select(cell => cell.Draw()));
        }

        return headers is null ? table.HideHeaders() : table;
    }

    private Rows Blocks() => new(rows.SelectMany((row, index) =>
    {
        Table block = Bare(2).HideHeaders();
        foreach ((string header, Cell cell) in headers!.Zip(row).Where(pair => pair.Second.Shown.Length > 0))
        {
            block.AddRow(new Text(header, new Style(Color.Grey)), cell.Draw());
        }

        return index == 0 ? (IEnumerable<IRenderable>)[block] : [new Text(" "), block];
    }));

    // What a row is about on one line, and the text below.
    private Rows Headed() => new(rows.SelectMany(row => (IEnumerable<IRenderable>)
    [
        .. row.SkipLast(1).Any(cell => cell.Shown.Length > 0)
            ? [new Columns(row.SkipLast(1).Select(cell => cell.Draw())) { Expand = false, Padding = new Padding(0, 0, Gap, 0) }]
            : (IEnumerable<IRenderable>)[],
        new Padder(row[^1].Draw(), new Padding(Gap, 0, 0, 0)),
    ]));
}
