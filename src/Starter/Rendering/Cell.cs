using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>A piece of text, with a colour where terminals have any.</summary>
internal readonly record struct Cell(string? Text, Color? Color = null)
{
    /// <summary>Text in the ordinary colour.</summary>
    public static implicit operator Cell(string? text) => new(text);

    /// <summary>The cell as Spectre draws it; its text is never markup.</summary>
    public Text Draw() => new(Text ?? "", Color is { } color ? new Style(color) : Style.Plain);
}
