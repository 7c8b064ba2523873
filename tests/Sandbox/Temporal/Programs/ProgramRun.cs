using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>What came of a program: of each move, and the histories of all its runs.</summary>
/// <param name="Results">A line for each move.</param>
/// <param name="Runs">The runs in the order in which they were begun.</param>
internal sealed record ProgramResult(IReadOnlyList<string> Results, IReadOnlyList<(string WorkflowId, string RunId, History History)> Runs)
{
    /// <summary>The histories as lines that are the same on every server.</summary>
    public IReadOnlyList<string> Lines(string programId)
    {
        Histories histories = new(programId);
        return [.. Runs.SelectMany(run => histories.Lines(run.History.Events).Prepend($"--- {run.WorkflowId[programId.Length..]}"))];
    }
}

/// <summary>Runs one program on a server, a move after the other, each after all is quiet.</summary>
internal sealed class ProgramRun(ITemporalClient client, RandomProgram program, string id, bool hasCache) : IAsyncDisposable
{
    private readonly ProgramMoves _moves = new(client, id);
    private TemporalWorker? _worker;
    private CancellationTokenSource _stop = new();
    private Task _working = Task.CompletedTask;

    /// <summary>Runs it.</summary>
    public async Task<ProgramResult> RunAsync()
    {
        StartWorker();
        List<string> results = [];
        await _moves.StartAsync(program.Input);
        await QuietAsync();
        foreach (Move move in program.Moves)
        {
            if (move.Kind == MoveKind.ReplaceWorker)
            {
                await StopWorkerAsync();
                StartWorker();
            }
            else
            {
                results.Add($"{move.Kind} {move.Target} {move.Name}: {await _moves.MakeAsync(move)}");
            }

            await QuietAsync();
        }

        return new(results, await new ProgramRuns(client).AllAsync(_moves.Begun));
    }

    public async ValueTask DisposeAsync()
    {
        await StopWorkerAsync();
        _stop.Dispose();
    }

    private void StartWorker()
    {
        _stop = new();
        _worker = new(client, new TemporalWorkerOptions(id)
        {
            Identity = "worker",
            MaxCachedWorkflows = hasCache ? 100 : 0,
            MaxConcurrentWorkflowTaskPolls = 2,
            MaxConcurrentActivityTaskPolls = 1,
            NonStickyToStickyPollRatio = 0.5f,
            MaxConcurrentWorkflowTasks = 10,
            DisableEagerActivityExecution = false,
        }.AddWorkflow<ProgramWorkflow>().AddAllActivities(new ProgramActivities()));
        _working = _worker.ExecuteAsync(_stop.Token);
    }

    private async Task StopWorkerAsync()
    {
        if (_worker is null)
        {
            return;
        }

        await _stop.CancelAsync();
        await _working.ContinueWith(_ => { }, TaskScheduler.Default);
        _worker.Dispose();
        _worker = null;
        _stop.Dispose();
    }

    private async Task QuietAsync()
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(10));
        long began = TimeProvider.System.GetTimestamp();
        ProgramRuns runs = new(client);
        while (await runs.WhatMovesAsync(_moves.Workflows) is { } moving)
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException($"The program of seed {program.Seed} does not come to rest: {moving}");
            }

            await look.WaitForNextTickAsync();
        }
    }
}
