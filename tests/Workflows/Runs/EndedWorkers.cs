using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Runs of a procedure whose workers are ended, again and again, without being told: once before each thing that is done to the world, or
/// once after each, before anybody learns of it. Each is followed by another.
/// </summary>
internal sealed class EndedWorkers(BoxTemporal server, ScriptedWorld world, ScriptedWorld.Moment moment)
{
    private static readonly TimeSpan ClearedWithin = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _seen = [];
    private readonly List<string> _endedAt = [];

    /// <summary>What each worker was ended at, in order.</summary>
    public IReadOnlyList<string> EndedAt => _endedAt;

    /// <summary>Runs it to its end.</summary>
    public async Task<T> ExecuteAsync<T>(RollRun run, string procedure, object input)
    {
        Task<T> result = server.ResultAsync<T>(await run.StartAsync(procedure, input));
        List<BoxConnection> connections = [];
        List<Task> workers = [];
        using CancellationTokenSource over = new();
        try
        {
            while (!result.IsCompleted)
            {
                BoxConnection connection = await server.Box.ConnectAsync();
                TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                world.At = (at, what) => End(at, what, connection, ended);
                connections.Add(connection);
                workers.Add(WorkAsync(connection.Client, run.Queue, over.Token));
                await Task.WhenAny(result, ended.Task);
            }

            return await result;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
            await over.CancelAsync();
            await Task.WhenAll(workers).WaitAsync(ClearedWithin);
        }
    }

    private void End(ScriptedWorld.Moment at, string what, BoxConnection connection, TaskCompletionSource ended)
    {
        if (at == moment && _seen.Add(what))
        {
            _endedAt.Add(what);
            connection.End();
            ended.SetResult();
        }
    }

    private async Task WorkAsync(ITemporalClient client, string queue, CancellationToken cancellationToken)
    {
        using TemporalWorker worker = new(client, RollRun.With(server.WorkerOptions(queue), world));
        try
        {
            await worker.ExecuteAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cleared away.
        }
    }
}
