using System.Diagnostics;
using System.Text;

namespace Orchestrator.Lab.Cluster.Programs;

/// <summary>The real worker as a process of its own, that a test can kill.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it with these variables besides the ones of this process.</summary>
    public static WorkerProcess Start(IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "orchestrator-worker"))
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

    /// <summary>Ends it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself, and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
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

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
