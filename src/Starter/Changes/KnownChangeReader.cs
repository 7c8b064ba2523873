using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Changes;

/// <summary>Reads what Temporal itself knows of a change: search attributes, newest events, activities and their heartbeats.</summary>
internal static class KnownChangeReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Exits.SopException">The server is out of reach.</exception>
    /// <exception cref="RpcException">With the code NotFound: there is no such workflow.</exception>
    public static async Task<KnownChange> ReadAsync(TemporalServer server, string workflowId, CancellationToken cancellationToken)
    {
        RunRecord run = await RunRecord.ReadAsync(server, workflowId, cancellationToken);
        List<PendingWork> pending = [.. await run.PendingAsync()];
        DateTimeOffset asOf = run.AsOf;
        foreach (string child in run.Children)
        {
            try
            {
                RunRecord part = await RunRecord.ReadAsync(server, child, cancellationToken);
                pending.AddRange(await part.PendingAsync());
                asOf = part.AsOf > asOf ? part.AsOf : asOf;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // It has ended in between, or not begun.
            }
        }

        SearchAttributeCollection known = run.Description.TypedSearchAttributes;
        string status = run.Description.Status.ToString();
        return new KnownChange(
            ChangeId.Of(workflowId),
            workflowId,
            run.Description.WorkflowType,
            Value(known, ChangeNames.TargetAttribute),
            run.Description.Status == WorkflowExecutionStatus.Running ? Value(known, ChangeNames.StateAttribute) ?? "Started" : status,
            Value(known, ChangeNames.TierAttribute),
            Value(known, ChangeNames.RequestedByAttribute),
            await run.Description.GetStaticDetailsAsync(),
            new DateTimeOffset(run.Description.StartTime, TimeSpan.Zero),
            pending.Select(work => work.LastHeartbeat).OfType<DateTimeOffset>().Append(asOf).Max(),
            await run.StepAsync(),
            pending);
    }

    private static string? Value(SearchAttributeCollection known, string name) =>
        known.TryGetValue(SearchAttributeKey.CreateKeyword(name), out string? value) ? value : null;
}
