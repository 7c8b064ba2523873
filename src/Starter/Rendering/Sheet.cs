using Spectre.Console;
using Spectre.Console.Rendering;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Starter.Rendering;

/// <summary>A page of text for people: headings, facts, tables.</summary>
internal sealed class Sheet
{
    private const int Indent = 2;
    private readonly List<IRenderable> _rows = [];

    /// <summary>The page, to be drawn.</summary>
    public IRenderable Page => new Rows(_rows);

    /// <summary>A heading, with an empty line before it unless it is the first.</summary>
    public Sheet Heading(string text)
    {
        if (_rows.Count > 0)
        {
            Line("");
        }

        _rows.Add(new Text(PlainText.Clean(text), new Style(decoration: Decoration.Bold)));
        return this;
    }

    /// <summary>A line of text.</summary>
    public Sheet Line(Cell text)
    {
        _rows.Add(text.Text?.Length > 0 ? text.Draw() : new Text(" "));
        return this;
    }

    /// <summary>Labels and their values; without those that have none.</summary>
    public Sheet Facts(params (string Label, Cell Value)[] facts)
    {
        Table table = FittingTable.Bare(2).HideHeaders();
        foreach ((string label, Cell value) in facts.Where(fact => fact.Value.Text is not null))
        {
            table.AddRow(new Text(label, new Style(Color.Grey)), value.Draw());
        }

        _rows.Add(table);
        return this;
    }

    /// <summary>A table under a heading, or without one; nothing at all where it has no rows.</summary>
    public Sheet Table(string? heading, string[] headers, IEnumerable<Cell[]> rows) => Indented(heading, headers, [.. rows]);

    /// <summary>A table without headers under a heading; nothing at all where it has no rows.</summary>
    public Sheet List(string heading, IEnumerable<Cell[]> rows) => Indented(heading, null, [.. rows]);

    private Sheet Indented(string? heading, string[]? headers, Cell[][] rows)
    {
        if (rows.Length > 0 && heading is null)
        {
            _rows.Add(new FittingTable(headers, rows));
        }
        else if (rows.Length > 0)
        {
            Heading(heading!);
            _rows.Add(new Padder(new FittingTable(headers, rows), new Padding(Indent, 0, 0, 0)));
        }

        return this;
    }
}
