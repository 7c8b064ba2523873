using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Changes;

/// <summary>Reads all that is known of one change, again and again.</summary>
internal sealed class ChangeReader(TemporalServer server, string workflowId)
{
    private readonly Dictionary<string, RollStatus> _rolls = [];
    private ApprovalStatus? _approval;

    /// <summary>The workflow.</summary>
    public WorkflowHandle Workflow { get; } = server.Client.GetWorkflowHandle(workflowId);

    /// <summary>Where the change stands, as its workflow answers.</summary>
    /// <exception cref="SopException">There is no such workflow, it is not a change, or no worker answers for it.</exception>
    public async Task<ChangeView> ReadAsync(CancellationToken cancellationToken)
    {
        ChangeStatus status;
        try
        {
            status = await StatusQuery.AskAsync<ChangeStatus>(server, workflowId, cancellationToken);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new SopException(ExitCode.Usage, $"{server.Name} has no workflow '{workflowId}'.", e);
        }
        catch (WorkflowQueryFailedException e)
        {
            throw new SopException(ExitCode.Usage, $"The workflow '{workflowId}' is not a change: {e.Message}", e);
        }

        return await CompleteAsync(status, cancellationToken);
    }

    /// <summary>Adds to a change's status what its children know.</summary>
    public async Task<ChangeView> CompleteAsync(ChangeStatus status, CancellationToken cancellationToken)
    {
        if (status is { State: ChangeState.AwaitingApproval, ApprovalWorkflowId: { } approval })
        {
            _approval = await TryQueryAsync<ApprovalStatus>(approval, cancellationToken) ?? _approval;
        }

        foreach (ChildRun child in status.Children.Where(child => child.WorkflowType == RollNames.SuperviseCrRoll))
        {
            if (await TryReadRollAsync(child.WorkflowId, cancellationToken) is { } roll)
            {
                _rolls[child.WorkflowId] = roll;
            }
        }

        return new ChangeView(
            server.Clock.GetUtcNow(),
            workflowId,
            status,
            status.State == ChangeState.AwaitingApproval ? _approval : status.Approval,
            Newest(status.Children.Select(child => _rolls.GetValueOrDefault(child.WorkflowId)).OfType<RollStatus>()));
    }

    /// <summary>The last supervision of each resource: after a pause another one takes up where the one before it ended.</summary>
    internal static IReadOnlyList<RollStatus> Newest(IEnumerable<RollStatus> rolls) =>
        [.. rolls.GroupBy(roll => roll.Resource).Select(same => same.Last())];

    // The run knows the last milestone; what is seen since then stands in its activity's heartbeat, also while no worker answers queries.
    private async Task<RollStatus?> TryReadRollAsync(string id, CancellationToken cancellationToken)
    {
        RollStatus? told = await TryQueryAsync<RollStatus>(id, cancellationToken) ?? _rolls.GetValueOrDefault(id);
        return told is not null && await HeartbeatReader.TryReadAsync<RollProgress>(server, id, cancellationToken) is { } seen
            ? told.With(seen)
            : told;
    }

    // What a child says is welcome but not needed: it may not have begun, or be gone.
    private async Task<T?> TryQueryAsync<T>(string id, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await StatusQuery.AskAsync<T>(server, id, cancellationToken);
        }
        catch (Exception e) when (
            e is WorkflowQueryFailedException or SopException || (e is RpcException rpc && rpc.Code == RpcException.StatusCode.NotFound))
        {
            return null;
        }
    }
}
