using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Lab.Servers;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Bench.Server;

/// <summary>A server in a process of its own whose start, CPU and memory are measured.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly Process _process;

    private MeasuredServer(Process process, string address, double readySeconds)
    {
        _process = process;
        Address = address;
        ReadySeconds = readySeconds;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>From its start until it has taken the first workflow.</summary>
    public double ReadySeconds { get; }

    /// <summary>The CPU that it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it holds, in MiB.</summary>
    public double MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>
    /// The box. It is part of a program, so its start is that of the server in a process that has just begun, without the process.
    /// </summary>
    public static async Task<MeasuredServer> StartBoxAsync()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["serve"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        Process process = Process.Start(start)!;
        string[] said = (await process.StandardOutput.ReadLineAsync())!.Split(' ');
        long begun = Stopwatch.GetTimestamp();
        await StartFirstWorkflowAsync(said[0]);
        double answered = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new(process, said[0], double.Parse(said[1], CultureInfo.InvariantCulture) + answered);
    }

    /// <summary>Temporal's development server: in memory, without its web pages, with its limits of calls lifted.</summary>
    public static async Task<MeasuredServer> StartTemporalAsync()
    {
        int port = FreePort();
        string[] lifted =
        [
            .. new[] { "frontend.rps", "frontend.namespaceRPS", "frontend.globalNamespaceRPS", "history.rps", "matching.rps",
                "history.persistenceMaxQPS", "matching.persistenceMaxQPS", "frontend.persistenceMaxQPS", "worker.persistenceMaxQPS",
                "frontend.namespaceCount", "frontend.namespaceBurst" }
                .SelectMany(limit => new[] { "--dynamic-config-value", $"{limit}=1000000" }),
        ];
        ProcessStartInfo start = new(
            TemporalProgram(),
            ["server", "start-dev", "--ip", "127.0.0.1", "--port", $"{port}", "--headless", "--log-level", "never", .. lifted])
        {
            RedirectStandardOutput = true,
        };
        long begun = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        while (true)
        {
            try
            {
                await StartFirstWorkflowAsync($"127.0.0.1:{port}");
                return new(process, $"127.0.0.1:{port}", Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
            catch (Exception e) when (e is InvalidOperationException or RpcException
                && !process.HasExited && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(2))
            {
                // Not yet.
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task StartFirstWorkflowAsync(string address)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(address));
        RpcOptions once = new() { Retry = false };
        await client.StartWorkflowAsync("First", [], new("first", "nobody") { Rpc = once });
    }

    private static string TemporalProgram()
    {
        ProcessStartInfo start = new(
            Path.Combine(LabTools.Folder ?? throw new InvalidOperationException(LabTools.MissingReason), "unpack"))
        {
            RedirectStandardOutput = true,
        };
        using Process unpack = Process.Start(start)!;
        string folder = unpack.StandardOutput.ReadToEnd().Trim().Split('\n')[^1];
        unpack.WaitForExit();
        return Path.Combine(folder, "bin", "temporal");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
