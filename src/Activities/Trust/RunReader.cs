using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Trust;

/// <summary>Reads runs from Temporal: nothing that an activity is given says who calls it.</summary>
/// <param name="procedures">The procedures of this worker.</param>
internal sealed class RunReader(IReadOnlyList<ProcedureDescriptor> procedures)
{
    // A page of a long history; the server's own limit for one.
    private const int EventsAtOnce = 1000;
    private readonly BoundedCache<string, KnownRun> _known = new();

    /// <summary>The run that calls the activity; null where Temporal has none.</summary>
    /// <exception cref="RpcException">Temporal does not answer.</exception>
    public async Task<KnownRun?> FindAsync(ActivityExecutionContext context)
    {
        (string id, string run) = (context.Info.WorkflowId!, context.Info.WorkflowRunId!);
        if (_known.TryGet(run, out KnownRun? known))
        {
            return known;
        }

        HistoryEvent? first = await FirstEventAsync(context, id, run);
        return first?.WorkflowExecutionStartedEventAttributes is { } started
            ? _known.Add(run, await ReadAsync(started, id, run, context.TemporalClient.Options.DataConverter))
            : null;
    }

    /// <summary>The first event of a run's history; null where Temporal has none.</summary>
    public static async Task<HistoryEvent?> FirstEventAsync(ActivityExecutionContext context, string workflowId, string runId)
    {
        try
        {
            GetWorkflowExecutionHistoryResponse page = await PageAsync(context, workflowId, runId, 1, ByteString.Empty);
            return page.History.Events.FirstOrDefault();
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument)
        {
            return null;
        }
    }

    /// <summary>All events of a run's history so far.</summary>
    public static async IAsyncEnumerable<HistoryEvent> EventsAsync(
        ActivityExecutionContext context, string workflowId, string runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ByteString next = ByteString.Empty;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            GetWorkflowExecutionHistoryResponse page = await PageAsync(context, workflowId, runId, EventsAtOnce, next);
            foreach (HistoryEvent each in page.History.Events)
            {
                yield return each;
            }

            next = page.NextPageToken;
        }
        while (!next.IsEmpty);
    }

    private static Task<GetWorkflowExecutionHistoryResponse> PageAsync(
        ActivityExecutionContext context, string workflowId, string runId, int size, ByteString next) =>
        context.TemporalClient.WorkflowService.GetWorkflowExecutionHistoryAsync(
            new()
            {
                Namespace = context.Info.Namespace,
                Execution = new() { WorkflowId = workflowId, RunId = runId },
                MaximumPageSize = size,
                NextPageToken = next,
            },
            new() { CancellationToken = context.CancellationToken });

    private async Task<KnownRun> ReadAsync(WorkflowExecutionStartedEventAttributes started, string id, string run, DataConverter converter)
    {
        string type = started.WorkflowType.Name;
        ProcedureDescriptor? procedure = procedures.FirstOrDefault(each => each.WorkflowType == type);
        CallingRun calling = new(id, run, type, procedure is not null);
        string first = started.OriginalExecutionRunId.Length == 0 ? run : started.OriginalExecutionRunId;
        if (procedure is null || started.Input?.Payloads_ is not [{ } payload, ..])
        {
            return new(calling with { IsProcedure = false }, started.TaskQueue.Name, first, null, null);
        }

        (ChangeTier tier, ChangeRequest request) = await InputAsync(procedure, payload, converter);
        return new(
            calling,
            started.TaskQueue.Name,
            first,
            request.TierAtLeast is { } least && least > tier ? least : tier,
            request.Actor ?? $"{Actor.UnverifiedPrefix}unknown");
    }

    private static async Task<(ChangeTier Tier, ChangeRequest Request)> InputAsync(
        ProcedureDescriptor procedure, Payload payload, DataConverter converter)
    {
        try
        {
            return await converter.ToValueAsync(payload, procedure.InputType) is IProcedureInput input
                ? (procedure.TierOf(input), input.Change ?? new())
                : (ChangeTier.T3, new());
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // Such a run is refused for its input and plans nothing; its evidence is written all the same.
            return (ChangeTier.T3, new());
        }
    }
}
