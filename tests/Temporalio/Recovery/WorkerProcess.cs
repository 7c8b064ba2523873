using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Tests.Recovery;

/// <summary>A worker in a process of its own, that a test can kill. The process is this test assembly, run by <see cref="Main"/>.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Runs a worker: the arguments are the server's address, the task queue and the folder of the effects.</summary>
    public static async Task Main(string[] arguments)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(arguments[0]));
        TemporalWorkerOptions options = new TemporalWorkerOptions(arguments[1])
            .AddAllActivities(new StepActivities(arguments[2])).AddWorkflow<StepsWorkflow>();
        using TemporalWorker worker = new(client, options);
        await worker.ExecuteAsync(CancellationToken.None);
    }

    public static WorkerProcess Start(string address, string taskQueue, string folder)
    {
        string assembly = typeof(WorkerProcess).Assembly.Location;
        return new(Process.Start("dotnet", ["exec", assembly, address, taskQueue, folder]));
    }

    /// <summary>Ends the process with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Within();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
