using System.Diagnostics;

namespace Temporalio.Bench;

/// <summary>A worker of one of the SDKs in a process of its own.</summary>
internal sealed class WorkerRun : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerRun(Process process, string taskQueue)
    {
        _process = process;
        TaskQueue = taskQueue;
    }

    /// <summary>The queue that only this worker polls.</summary>
    public string TaskQueue { get; }

    public double CpuSeconds => ProcessUsage.CpuSeconds(_process);

    public double ResidentMiB => ProcessUsage.ResidentMiB(_process);

    public static async Task<WorkerRun> StartAsync(Peer peer, string address)
    {
        string taskQueue = $"bench-{Guid.NewGuid():N}";
        Process process = peer.Start("worker", address, taskQueue);
        string? line = await process.StandardOutput.ReadLineAsync();
        return line == "ready"
            ? new(process, taskQueue)
            : throw new InvalidOperationException($"The worker of {peer.Name} did not start: {line}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
