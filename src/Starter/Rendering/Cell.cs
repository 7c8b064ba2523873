using Spectre.Console;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Starter.Rendering;

/// <summary>A piece of text, with a colour where terminals have any.</summary>
internal readonly record struct Cell(string? Text, Color? Color = null)
{
    /// <summary>Text in the ordinary colour.</summary>
    public static implicit operator Cell(string? text) => new(text);

    /// <summary>What is shown of the text: nothing that steers the terminal.</summary>
    public string Shown => PlainText.Clean(Text);

    /// <summary>The cell as Spectre draws it; its text is never markup.</summary>
    public Text Draw() => new(Shown, Color is { } color ? new Style(color) : Style.Plain);
}
