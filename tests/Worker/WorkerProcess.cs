using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Worker.Tests;

/// <summary>Runs <c>orchestrator-worker</c> as it is deployed: as a process, with an environment of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _home;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _written = new(0);
    private readonly Task _reading;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process, DirectoryInfo home)
    {
        _process = process;
        _home = home;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>A kubeconfig whose context <c>lab</c> names a cluster that does not answer.</summary>
    public const string Kubeconfig =
        """
        apiVersion: v1
        kind: Config
        clusters: [{ name: lab, cluster: { server: "https://127.0.0.1:1" } }]
        contexts: [{ name: lab, context: { cluster: lab } }]
        current-context: lab
        """;

    /// <summary>The health endpoint's port.</summary>
    public int HealthPort { get; private init; }

    /// <summary>Starts it; without a kubeconfig where that is null.</summary>
    public static WorkerProcess Start(string? kubeconfig, Dictionary<string, string> environment)
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("orchestrator-worker-");
        int port = FreePort();
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "orchestrator-worker")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home.FullName;
        start.Environment["KUBECONFIG"] = Path.Combine(home.FullName, "kubeconfig");
        start.Environment["ORCHESTRATOR__HEALTH__PORT"] = $"{port}";
        if (kubeconfig is not null)
        {
            File.WriteAllText(start.Environment["KUBECONFIG"]!, kubeconfig);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value.Replace("{home}", home.FullName, StringComparison.Ordinal);
        }

        return new WorkerProcess(Process.Start(start)!, home) { HealthPort = port };
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits for the first line of its log that holds a text.</summary>
    public async Task<string> LineAsync(string text)
    {
        using CancellationTokenSource limit = new(LongestWait);
        while (true)
        {
            lock (_lines)
            {
                if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                {
                    return found;
                }
            }

            if (_reading.IsCompleted)
            {
                throw new InvalidOperationException($"The worker ended without '{text}': {Log()} {await _errors}");
            }

            await _written.WaitAsync(limit.Token);
        }
    }

    /// <summary>What the log holds so far.</summary>
    public string Log()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code, and what stands on its error stream.</returns>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        using CancellationTokenSource limit = new(LongestWait);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return (_process.ExitCode, (await _errors).Replace(_home.FullName, "{home}", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _written.Dispose();
        _home.Delete(recursive: true);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }

            _written.Release();
        }

        _written.Release();
    }
}
