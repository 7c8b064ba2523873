using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Orchestrator.Starter.Rehearsals;

/// <summary>
/// One run of a procedure on a cluster in the box, from its start to its end, in skipped time. It does what people do in a real one: votes
/// after a while, and, where the run stops and asks somebody, aborts it after the same while. Used once.
/// </summary>
internal sealed class Rehearsal
{
    private const string Voter = "rehearsal";

    private readonly RehearsedCluster _cluster;
    private readonly ClusterScenario _scenario;
    private readonly ProcedureRequest _request;
    private readonly RehearsalWishes _wishes;
    private readonly ChangeReader _reader;
    private readonly List<TranscriptEntry> _notes = [];
    private readonly List<RehearsedRefusal> _refused = [];
    private readonly HashSet<string> _decided = [];
    private ChangeView? _view;
    private long _seenEvents;
    private bool _isAborted;
    private bool _isFaulty;

    public Rehearsal(RehearsedCluster cluster, ClusterScenario scenario, ProcedureRequest request, RehearsalWishes wishes)
    {
        (_cluster, _scenario, _request, _wishes) = (cluster, scenario, request, wishes);
        _reader = new ChangeReader(cluster.Server, request.WorkflowId);
    }

    private DateTimeOffset Now => _cluster.Box.Time.Now;

    /// <summary>Runs it; there is a worker.</summary>
    /// <exception cref="SopException">It gets nowhere.</exception>
    public async Task<Rehearsed> RunAsync(CancellationToken cancellationToken)
    {
        await using ClusterEffects effects = new(_cluster.Box.Kubernetes.Store, _cluster.Box.Time.Clock);
        DateTimeOffset begun = Now;
        Note("rehearsal", $"{_request.Request.Actor} asks for {_request.Procedure.Name} on {_request.Target}.");
        await ProcedureStart.StartAsync(_cluster.Server, _request, cancellationToken);
        try
        {
            while (true)
            {
                await _cluster.Box.Time.UntilAsync(() => LookAsync(effects, cancellationToken), cancellationToken);
                if (ChangeExit.IsFinal(_view!.Change.State))
                {
                    break;
                }

                await DecideAsync(_view, cancellationToken);
            }
        }
        catch (TimeoutException e)
        {
            throw new SopException(ExitCode.Failed, $"The rehearsal gets nowhere: {e.Message}", e);
        }

        return new Rehearsed(
            _request.Procedure.Name,
            _request.Target,
            _wishes.ScenarioName,
            begun,
            Now,
            Inputs.DurationText.Write(_wishes.ApproveAfter),
            [.. _wishes.Faults.Select(fault => Inputs.FieldName.Key(fault.ToString()))],
            [.. Refusals(_view.Change), .. _refused],
            Transcript.Of(_notes, _view, effects.Seen),
            _cluster.Box.Kafka.Admin.LostRecords,
            _view);
    }

    private void Note(string kind, string text) => _notes.Add(new(Now, kind, text));

    // Whether it has ended, or somebody has to decide something.
    private async Task<bool> LookAsync(ClusterEffects effects, CancellationToken cancellationToken)
    {
        if (!_isFaulty && effects.Seen.FirstOrDefault(effect => effect.IsRestart) is { Pod: { } pod })
        {
            _isFaulty = true;
            foreach (BoxFault fault in _wishes.Faults)
            {
                Note("fault", await BoxFaults.BeginAsync(_cluster.Box, _scenario, fault, pod));
            }
        }

        WorkflowExecutionDescription run = await _cluster.Server.CallAsync(
            rpc => _reader.Workflow.DescribeAsync(new WorkflowDescribeOptions { Rpc = rpc }), new(), cancellationToken);
        if (_view is null || run.HistoryLength != _seenEvents)
        {
            ChangeStatus? before = _view?.Change;
            _seenEvents = run.HistoryLength;
            _view = await ReadAsync(run.Status, cancellationToken);
            if (before?.State != _view.Change.State || before.Sentence != _view.Change.Sentence)
            {
                Note("state", $"{_view.Change.State}: {_view.Change.Sentence}");
            }
        }

        return ChangeExit.IsFinal(_view.Change.State) || IsUpToSomebody(_view.Change);
    }

    private async Task<ChangeView> ReadAsync(WorkflowExecutionStatus status, CancellationToken cancellationToken)
    {
        switch (status)
        {
            case WorkflowExecutionStatus.Running:
                return await _reader.ReadAsync(cancellationToken);
            case WorkflowExecutionStatus.Completed:
                ProcedureResult result = await _cluster.Server.CallAsync(
                    rpc => _reader.Workflow.GetResultAsync<ProcedureResult>(rpcOptions: rpc), new(), cancellationToken);
                return await _reader.CompleteAsync(result.Change.Status, cancellationToken);
            default:
                throw new SopException(
                    ExitCode.Failed, $"The workflow '{_request.WorkflowId}' ended as {status}, as no run of a procedure does.");
        }
    }

    private bool IsUpToSomebody(ChangeStatus change) => change.State switch
    {
        ChangeState.AwaitingApproval => change.ApprovalWorkflowId is { } approval && !_decided.Contains(approval),
        ChangeState.Blocked => !_isAborted,
        _ => false,
    };

    private async Task DecideAsync(ChangeView view, CancellationToken cancellationToken)
    {
        if (view.Change.State == ChangeState.AwaitingApproval)
        {
            _decided.Add(view.Change.ApprovalWorkflowId!);
            await _cluster.Box.Time.AdvanceAsync(_wishes.ApproveAfter, cancellationToken);
            await VoteAsync(view, cancellationToken);
            return;
        }

        string code = view.Change.Failure?.Code ?? view.Change.State.ToString();
        string sentence = view.Change.Failure?.Sentence ?? view.Change.Sentence;
        await _cluster.Box.Time.AdvanceAsync(_wishes.ApproveAfter, cancellationToken);
        if ((await _reader.ReadAsync(cancellationToken)).Change.State != ChangeState.Blocked)
        {
            // What it waited for has come.
            _seenEvents = 0;
            return;
        }

        _isAborted = true;
        _refused.Add(new(code, "stops", sentence, "In a real run a person decides; the rehearsal aborts."));
        Note(
            "rehearsal",
            $"Nobody is here to decide: {_request.Request.Actor} aborts it after {Inputs.DurationText.Write(_wishes.ApproveAfter)}.");
        await UpdateCall.SendAsync<ControlAnswer>(
            _cluster.Server,
            _request.WorkflowId,
            ControlNames.Abort,
            new ControlRequest(_request.Request.Actor!, "The rehearsal ends here."),
            null,
            cancellationToken);
    }

    private async Task VoteAsync(ChangeView view, CancellationToken cancellationToken)
    {
        string approval = view.Change.ApprovalWorkflowId!;
        int number = 0;
        foreach (ApprovalRequirement place in view.Approval?.Open ?? [])
        {
            for (int voter = 0; voter < place.Count; voter++)
            {
                Vote vote = new(
                    view.Change.PlanHash!,
                    VoteDecision.Approve,
                    $"{Actor.UnverifiedPrefix}{Voter}-{++number}",
                    $"Approved by itself after {Inputs.DurationText.Write(_wishes.ApproveAfter)}",
                    place.Role);
                await UpdateCall.SendAsync<ApprovalStatus>(
                    _cluster.Server, approval, ChangeNames.VoteUpdate, vote, null, cancellationToken);
            }
        }
    }

    private static IEnumerable<RehearsedRefusal> Refusals(ChangeStatus change) => change.Refusals.Select(
        refusal => new RehearsedRefusal(refusal.Code, refusal.Blocks ? "refuses" : "warns", refusal.Sentence, refusal.HowToResolve));
}
