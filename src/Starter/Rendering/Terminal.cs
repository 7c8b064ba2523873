using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Starter.Rendering;

/// <summary>Where <c>sop</c> prints: results on the output, everything else on the error stream.</summary>
internal sealed class Terminal
{
    // Text that is not for a screen is not broken into lines: it would be harder to search.
    private const int Unbroken = 4000;

    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public Terminal(TextWriter output, TextWriter error, bool isInteractive, TimeProvider clock)
    {
        _output = output;
        _error = error;
        Clock = clock;
        Screen = isInteractive ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }) : null;
    }

    /// <summary>The screen that results go to; null where they go to a pipe or a file.</summary>
    public IAnsiConsole? Screen { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, TimeProvider.System);

    /// <summary>Prints a page, in colour on a screen and as plain text elsewhere.</summary>
    public void Print(Sheet sheet)
    {
        if (Screen is { } screen)
        {
            screen.Write(sheet.Page);
        }
        else
        {
            _output.Write(Plain(sheet.Page));
        }
    }

    /// <summary>Prints a line of the result.</summary>
    public void PrintLine(string line) => _output.WriteLine(line);

    /// <summary>Prints one result: a page for people, or one document.</summary>
    public void Print<T>(OutputFormat format, T value, Func<T, Sheet> sheet)
    {
        switch (format)
        {
            case OutputFormat.Json:
                PrintLine(Documents.Json(value));
                break;
            case OutputFormat.Yaml:
                PrintLine(Documents.Yaml(value));
                break;
            default:
                Print(sheet(value));
                break;
        }
    }

    /// <summary>Says something that is no part of the result: beside it in a pipe, above it on a screen, where a table may be changing.</summary>
    public void Say(string line)
    {
        if (Screen is { } screen)
        {
            screen.WriteLine(line);
        }
        else
        {
            _error.WriteLine(line);
        }
    }

    /// <summary>Says what is wrong, one sentence a line.</summary>
    public void SayErrors(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences)
        {
            _error.WriteLine($"error: {sentence}");
        }
    }

    private static string Plain(IRenderable page)
    {
        using StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Unbroken;
        console.Profile.Capabilities.Unicode = true;
        console.Write(page);
        return string.Concat(text.ToString().Split('\n').SkipLast(1).Select(line => $"{line.TrimEnd()}{Environment.NewLine}"));
    }
}
