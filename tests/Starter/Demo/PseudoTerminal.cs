using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Starter.Tests.Demo;

/// <summary><c>sop</c> at a terminal that is none: <c>script</c> gives it one, and copies what is typed and shown.</summary>
internal sealed partial class PseudoTerminal : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _shown = new();
    private readonly List<(string Text, TaskCompletionSource Shown)> _awaited = [];
    private readonly Task _reading;

    private PseudoTerminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>What was shown so far, without the commands that move the cursor and set colours.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return Steering().Replace($"{_shown}", "");
            }
        }
    }

    /// <summary>Starts a command.</summary>
    public static PseudoTerminal Start(IReadOnlyDictionary<string, string> environment, int columns, params string[] arguments)
    {
        string sop = Path.Combine(AppContext.BaseDirectory, "sop");
        ProcessStartInfo start = new(
            "script", ["-qefc", $"stty cols {columns} rows 50; exec '{sop}' {string.Join(' ', arguments)}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["TERM"] = "xterm-256color";
        return new(Process.Start(start)!);
    }

    /// <summary>Waits until a text is shown.</summary>
    /// <exception cref="TimeoutException">It is not within the limit; the text holds what is shown instead.</exception>
    public async Task ShowsAsync(string text, TimeSpan limit)
    {
        TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((text, shown));
            Announce();
        }

        try
        {
            await shown.Task.WaitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"'{text}' is not shown within {limit}: {Text}", e);
        }
    }

    /// <summary>Types a text.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the command has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        await _reading.WaitAsync(limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }

    // Sequences of a terminal: those that begin with a bracket, and those that set a title.
    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]|\u001b\\][^\u0007]*\u0007|\r")]
    private static partial Regex Steering();

    private async Task ReadAsync()
    {
        char[] buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is var read and > 0)
        {
            lock (_lock)
            {
                _shown.Append(buffer, 0, read);
                Announce();
            }
        }
    }

    private void Announce()
    {
        foreach ((string text, TaskCompletionSource shown) in _awaited)
        {
            if ($"{_shown}".Contains(text, StringComparison.Ordinal))
            {
                shown.TrySetResult();
            }
        }
    }
}
