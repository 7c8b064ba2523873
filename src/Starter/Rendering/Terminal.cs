using Orchestrator.Workflows.Text;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>Where <c>sop</c> prints: results on the output, everything else on the error stream.</summary>
internal sealed class Terminal
{
    // Text that is not for a screen is not broken into lines: it would be harder to search.
    private const int Unbroken = 4000;

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly TextReader? _answers;

    /// <summary>Prints to two streams.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where everything else goes.</param>
    /// <param name="isInteractive">Whether the output is a screen.</param>
    /// <param name="clock">The time.</param>
    /// <param name="answers">Where a person's answers come from; null where nobody can be asked.</param>
    public Terminal(TextWriter output, TextWriter error, bool isInteractive, TimeProvider clock, TextReader? answers = null)
    {
        _output = output;
        _error = error;
        _answers = answers;
        Clock = clock;
        Screen = isInteractive ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }) : null;
    }

    /// <summary>The screen that results go to; null where they go to a pipe or a file.</summary>
    public IAnsiConsole? Screen { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The standard input, for what is piped in.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>How results are printed; with JSON, what is said beside them is JSON too, a line each.</summary>
    public OutputFormat Format { get; set; }

    /// <summary>Whether a person sits there who can be asked.</summary>
    public bool CanAsk => _answers is not null;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected,
        TimeProvider.System,
        Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In) { Input = Console.In };

    /// <summary>Asks for a yes; anything else is a no.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    public bool Ask(string question)
    {
        TextReader answers = _answers ?? throw new InvalidOperationException("There is no terminal to ask on.");
        _error.Write($"{PlainText.Clean(question)} [y/N] ");
        return answers.ReadLine()?.Trim() is { } answer
            && (answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Prints a page, in colour on a screen and as plain text elsewhere.</summary>
    public void Print(Sheet sheet)
    {
        if (Screen is { } screen)
        {
            screen.Write(sheet.Page);
        }
        else
        {
            _output.Write(Plain(sheet, Unbroken));
        }
    }

    /// <summary>Prints a line of the result.</summary>
    public void PrintLine(string line) => _output.WriteLine(PlainText.Clean(line));

    /// <summary>Prints a whole document: JSON, YAML, or text of our own.</summary>
    public void PrintDocument(string document) => _output.WriteLine(document);

    /// <summary>Prints one result: a page for people, or one document.</summary>
    public void Print<T>(OutputFormat format, T value, Func<T, Sheet> sheet)
    {
        switch (format)
        {
            case OutputFormat.Json:
                PrintDocument(Documents.Json(value));
                break;
            case OutputFormat.Yaml:
                PrintDocument(Documents.Yaml(value));
                break;
            default:
                Print(sheet(value));
                break;
        }
    }

    /// <summary>One result as a text of its own: a page without colours, or one document.</summary>
    public static string Document<T>(OutputFormat format, T value, Func<T, Sheet> sheet) => format switch
    {
        OutputFormat.Json => $"{Documents.Json(value)}{Environment.NewLine}",
        OutputFormat.Yaml => $"{Documents.Yaml(value)}{Environment.NewLine}",
        _ => Plain(sheet(value), Unbroken),
    };

    /// <summary>
    /// Says something that is not part of the result: beside it in a pipe, above it on a screen, where a table may be changing.
    /// </summary>
    public void Say(string line)
    {
        if (Format == OutputFormat.Json)
        {
            _error.WriteLine(Documents.JsonLine(new { Message = line }));
        }
        else if (Screen is { } screen)
        {
            screen.WriteLine(PlainText.Clean(line));
        }
        else
        {
            _error.WriteLine(PlainText.Clean(line));
        }
    }

    /// <summary>Says what is wrong, one sentence a line, or all of it as one line of JSON.</summary>
    public void SayErrors(int exitCode, IEnumerable<string> sentences)
    {
        if (Format == OutputFormat.Json)
        {
            _error.WriteLine(Documents.JsonLine(new { ExitCode = exitCode, Errors = sentences }));
            return;
        }

        foreach (string sentence in sentences)
        {
            _error.WriteLine($"error: {PlainText.Clean(sentence)}");
        }
    }

    /// <summary>A page as plain text of a width.</summary>
    public static string Plain(Sheet sheet, int width)
    {
        using StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(sheet.Page);
        return string.Concat(text.ToString().Split('\n').SkipLast(1).Select(line => $"{line.TrimEnd()}{Environment.NewLine}"));
    }
}
