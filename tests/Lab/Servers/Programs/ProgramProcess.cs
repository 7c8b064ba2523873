using System.Diagnostics;
using System.Text;

namespace Orchestrator.Lab.Servers.Programs;

/// <summary>A program of the product as a process of its own, that a test can watch, signal and kill.</summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(string Text, TaskCompletionSource Said)> _awaited = [];

    private ProgramProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far, on both streams.</summary>
    public string Log
    {
        get
        {
            lock (_lock)
            {
                return $"{_output}{_errors}";
            }
        }
    }

    /// <summary>Starts a program of this build, with these variables besides the ones of this process.</summary>
    public static ProgramProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // A shell that runs the tests in the background has them ignore SIGINT, and what they start inherits that.
        ProcessStartInfo start = new("env", ["--default-signal=INT", PathOf(program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    // What stands beside tests that use ASP.NET Core lacks the packages that ASP.NET Core replaces, and sop runs without it.
    private static string PathOf(string program)
    {
        string[] at = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        int tests = Array.LastIndexOf(at, "tests");
        return program == "sop"
            ? Path.Combine([.. at[..tests].Prepend("/"), "src", "Starter", "bin", .. at[^2..], program])
            : Path.Combine(AppContext.BaseDirectory, program);
    }

    /// <summary>Starts the worker; its health endpoint takes any free port, unless the variables say which.</summary>
    public static ProgramProcess StartWorker(IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string> variables = new(environment);
        variables.TryAdd("ORCHESTRATOR__HEALTH__PORT", "0");
        return Start("orchestrator-worker", variables);
    }

    /// <summary>Waits until it has printed a text.</summary>
    /// <exception cref="TimeoutException">It has not within the limit; the text holds what it has printed instead.</exception>
    public async Task SaysAsync(string text, TimeSpan limit)
    {
        TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((text, said));
            Announce();
        }

        try
        {
            await said.Task.WaitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"'{text}' was not printed within {limit}: {Log}", e);
        }
    }

    /// <summary>Sends a signal: <c>TERM</c>, <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<ProgramRun> EndAsync(TimeSpan limit)
    {
        // Also waits until both streams are read to their end.
        await _process.WaitForExitAsync().WaitAsync(limit);
        lock (_lock)
        {
            return new(_process.ExitCode, $"{_output}", $"{_errors}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Keep(StringBuilder stream, string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                stream.Append(line).Append('\n');
                Announce();
            }
        }
    }

    private void Announce()
    {
        foreach ((string text, TaskCompletionSource said) in _awaited)
        {
            if ($"{_output}".Contains(text, StringComparison.Ordinal) || $"{_errors}".Contains(text, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        }
    }
}
