using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>Makes the moves of a program with the official client.</summary>
internal sealed class ProgramMoves(ITemporalClient client, string id)
{
    private readonly Dictionary<string, WorkflowUpdateHandle<string>> _updates = new(StringComparer.Ordinal);

    /// <summary>Ids of the workflows that were begun from here.</summary>
    public HashSet<string> Workflows { get; } = new(StringComparer.Ordinal);

    /// <summary>The runs that were begun from here.</summary>
    public List<(string WorkflowId, string RunId)> Begun { get; } = [];

    /// <summary>Starts the program.</summary>
    public async Task StartAsync(ProgramInput input) => await StartAsync("main", input, Options("main"));

    /// <summary>Makes a move.</summary>
    /// <returns>What came of it, in words that are the same on every server.</returns>
    public async Task<string> MakeAsync(Move move)
    {
        try
        {
            return await TryAsync(move);
        }
        catch (Exception e) when (e is FailureException or WorkflowUpdateFailedException or WorkflowFailedException or RpcException
            or WorkflowQueryRejectedException or AsyncActivityCanceledException or WorkflowUpdateRpcTimeoutOrCanceledException)
        {
            return Outcome.Of(e);
        }
    }

    private async Task<string> TryAsync(Move move)
    {
        WorkflowHandle<ProgramWorkflow> handle = client.GetWorkflowHandle<ProgramWorkflow>(IdOf(move.Target));
        AsyncActivityHandle activity = client.GetAsyncActivityHandle(IdOf(move.Target), "", move.Name);
        switch (move.Kind)
        {
            case MoveKind.Signal:
                await handle.SignalAsync(w => w.DoAsync(move.Steps));
                return "sent";
            case MoveKind.Note:
                await handle.SignalAsync(w => w.NoteAsync(move.Name));
                return "sent";
            case MoveKind.Update:
                return await UpdateAsync(handle, move.Update!);
            case MoveKind.Release:
                await handle.SignalAsync(w => w.ReleaseAsync(move.Name));
                return _updates.TryGetValue(move.Name, out WorkflowUpdateHandle<string>? update) && update.WorkflowId == handle.Id
                    ? await update.GetResultAsync() : "sent";
            case MoveKind.Query:
                return string.Join("; ", await handle.QueryAsync(w => w.Log()));
            case MoveKind.Cancel:
                await handle.CancelAsync();
                return "asked";
            case MoveKind.Terminate:
                await handle.TerminateAsync("enough");
                return "done";
            case MoveKind.CompleteActivity:
                await activity.CompleteAsync($"done {move.Name}");
                return "done";
            case MoveKind.FailActivity:
                await activity.FailAsync(new ApplicationFailureException("Not now.", errorType: "NOT_NOW", nonRetryable: move.Number > 0));
                return "done";
            case MoveKind.CancelActivity:
                await activity.ReportCancellationAsync();
                return "done";
            case MoveKind.Heartbeat:
                await activity.HeartbeatAsync(new() { Details = ["alive"] });
                return "alive";
            case MoveKind.Reset:
                return await ResetAsync(move);
            default:
                return await StartAgainAsync(move);
        }
    }

    private async Task<string> UpdateAsync(WorkflowHandle<ProgramWorkflow> handle, ProgramUpdate update)
    {
        if (!update.Waits)
        {
            return await handle.ExecuteUpdateAsync(w => w.AskAsync(update), new() { Id = update.Name });
        }

        _updates[update.Name] = await handle.StartUpdateAsync(
            w => w.AskAsync(update), new(WorkflowUpdateStage.Accepted) { Id = update.Name });
        return "accepted";
    }

    private async Task<string> StartAgainAsync(Move move)
    {
        WorkflowOptions options = Options(move.Target);
        ProgramInput input = new(move.Steps);
        switch (move.Kind)
        {
            case MoveKind.StartAgain:
                return await StartAsync(move.Target, input, options);
            case MoveKind.StartOrUse:
                options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
                return await StartAsync(move.Target, input, options);
            case MoveKind.SignalWithStart:
                options.SignalWithStart((ProgramWorkflow w) => w.NoteAsync(move.Name));
                return await StartAsync(move.Target, input, options);
            case MoveKind.UpdateWithStart:
                options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
                WithStartWorkflowOperation<WorkflowHandle<ProgramWorkflow, IReadOnlyList<string>>> start =
                    WithStartWorkflowOperation.Create((ProgramWorkflow w) => w.RunAsync(input), options);
                WorkflowUpdateHandle<string> update = await client.StartUpdateWithStartWorkflowAsync(
                    (ProgramWorkflow w) => w.AskAsync(move.Update!),
                    new(start, WorkflowUpdateStage.Accepted) { Id = move.Update!.Name });
                Note(options.Id!, (await start.GetHandleAsync()).ResultRunId!);
                return move.Update.Waits ? "accepted" : await update.GetResultAsync();
            default:
                throw new InvalidOperationException($"Nothing makes {move.Kind}.");
        }
    }

    private async Task<string> ResetAsync(Move move)
    {
        Temporalio.Api.Common.V1.WorkflowExecution execution = new() { WorkflowId = IdOf(move.Target) };
        string runId = (await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = execution })).WorkflowExecutionInfo.Execution.RunId;
        long finish = (await new ProgramRuns(client).HistoryAsync(execution.WorkflowId, runId)).Events
            .FirstOrDefault(made => made.EventType == EventType.WorkflowTaskCompleted)?.EventId ?? 0;
        ResetWorkflowExecutionResponse reset = await client.WorkflowService.ResetWorkflowExecutionAsync(new()
        {
            Namespace = client.Options.Namespace,
            WorkflowExecution = new() { WorkflowId = execution.WorkflowId, RunId = runId },
            Reason = "again",
            RequestId = Guid.NewGuid().ToString(),
            WorkflowTaskFinishEventId = finish,

            // A worker that has to replay an update of before the reset cannot, on either server: the SDK takes it up in another order.
            ResetReapplyExcludeTypes = { ResetReapplyExcludeType.Update },
        });
        Note(execution.WorkflowId, reset.RunId);
        return "reset";
    }

    private async Task<string> StartAsync(string target, ProgramInput input, WorkflowOptions options)
    {
        WorkflowHandle<ProgramWorkflow, IReadOnlyList<string>> handle =
            await client.StartWorkflowAsync((ProgramWorkflow w) => w.RunAsync(input), options);
        string runId = handle.ResultRunId ?? (await handle.DescribeAsync()).RunId;
        return Note(IdOf(target), runId) ? "begun" : "there";
    }

    private bool Note(string workflowId, string runId)
    {
        Workflows.Add(workflowId);
        if (Begun.Contains((workflowId, runId)))
        {
            return false;
        }

        Begun.Add((workflowId, runId));
        return true;
    }

    private WorkflowOptions Options(string target) => new(IdOf(target), id)
    {
        StaticSummary = "A program",
    };

    private string IdOf(string target) => $"{id}/{target}";
}
