using System.Runtime.CompilerServices;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Orchestrator.Starter.Following;

/// <summary>Follows a change until it has ended, over workers and servers that come and go.</summary>
internal sealed class ChangeFollower(TemporalServer server, string workflowId, Terminal terminal)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A server or a worker that restarts is back by then; a longer absence is worth a person's attention.
    private static readonly TimeSpan PatientFor = TimeSpan.FromMinutes(2);

    private readonly ChangeReader _reader = new(server, workflowId);
    private string? _said;
    private DateTimeOffset? _outOfReachSince;

    /// <summary>The change at each look; the last one has ended.</summary>
    /// <exception cref="SopException">The server is out of reach for long, or the workflow ended in a way that no change does.</exception>
    public async IAsyncEnumerable<ChangeView> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            (ChangeView? view, bool ended) = await LookAsync(cancellationToken);
            if (view is not null)
            {
                yield return view;
            }

            if (ended)
            {
                yield break;
            }

            await Task.Delay(LookEvery, terminal.Clock, cancellationToken);
        }
    }

    private async Task<(ChangeView? View, bool Ended)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            WorkflowExecutionDescription description = await server.CallAsync(
                rpc => _reader.Workflow.DescribeAsync(new WorkflowDescribeOptions { Rpc = rpc }), new RpcOptions(), cancellationToken);
            (ChangeView View, bool Ended) seen = description.Status switch
            {
                WorkflowExecutionStatus.Running => (await _reader.ReadAsync(cancellationToken), false),
                WorkflowExecutionStatus.Completed => (await ReadResultAsync(cancellationToken), true),
                _ => throw Broken(description.Status),
            };
            _outOfReachSince = null;
            _said = null;
            return seen;
        }
        catch (SopException e) when (e.ExitCode == ExitCode.OutOfReach && IsPatient())
        {
            SayOnce(e.Message);
            return (null, false);
        }
    }

    private async Task<ChangeView> ReadResultAsync(CancellationToken cancellationToken)
    {
        ProcedureResult result = await server.CallAsync(
            rpc => _reader.Workflow.GetResultAsync<ProcedureResult>(rpcOptions: rpc), new RpcOptions(), cancellationToken);
        return await _reader.CompleteAsync(result.Change.Status, cancellationToken);
    }

    // The run itself waits without harm; whoever watches it is told, and let go when the absence lasts.
    private bool IsPatient()
    {
        DateTimeOffset now = terminal.Clock.GetUtcNow();
        _outOfReachSince ??= now;
        return now - _outOfReachSince < PatientFor;
    }

    private void SayOnce(string sentence)
    {
        if (_said is null)
        {
            _said = sentence;
            terminal.Say($"{sentence} Still watching.");
        }
    }

    private SopException Broken(WorkflowExecutionStatus status) => new(
        ExitCode.Failed,
        $"The workflow '{workflowId}' was ended from outside ({status}): nothing that it changed was undone. "
        + $"'sop status {ChangeId.Of(workflowId)}' shows what it may have changed.");
}
