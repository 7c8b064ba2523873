using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where a change stands, written only by the frame.</summary>
internal sealed class ChangeProgress
{
    private readonly int _contract;
    private readonly ChangeTarget _target;
    private readonly ChangeRequest _request;
    private readonly DateTimeOffset _submittedAt;
    private readonly List<StepStatus> _steps = [];
    private readonly List<ChildRun> _children = [];
    private ChangeState _state = ChangeState.Looking;

    public ChangeProgress(string procedure, int contract, ChangeTier tier, ChangeTarget target, ChangeRequest request)
    {
        Procedure = procedure;
        Tier = tier;
        _contract = contract;
        _target = target;
        _request = request;
        _submittedAt = Now;
        ChangeId = ChangeControl.ChangeId.Of(Workflow.Info.WorkflowId);
    }

    public string Procedure { get; }

    public string ChangeId { get; }

    public ChangeTier Tier { get; }

    public string RequestedBy => _request.Actor ?? $"{Actor.UnverifiedPrefix}unknown";

    public string Sentence { get; set; } = "Reads the clusters and plans the change.";

    public Plan? Plan { get; private set; }

    public string? PlanHash { get; private set; }

    /// <summary>The plan that was voted on, which acts refer to although less of it may be left to do; null where nobody voted.</summary>
    public Plan? Approved { get; set; }

    /// <summary>Why it was refused, and what it was warned of: ten of each kind, since status goes where payloads have a limit.</summary>
    public IReadOnlyList<Refusal> Refusals
    {
        get;
        set => field = ShortList.Of(value);
    } = [];

    public string? ApprovalWorkflowId { get; set; }

    public ApprovalStatus? Approval { get; set; }

    public ChangeFailure? Failure { get; set; }

    /// <summary>Whether it puts back what it changed.</summary>
    public bool IsUndoing { get; set; }

    /// <summary>Whether a step may have touched something.</summary>
    public bool Began { get; set; }

    public ChangeState State => _state;

    public IReadOnlyList<string> DoneSteps => [.. _steps.Where(step => step.State == StepState.Done).Select(step => step.Name)];

    /// <summary>The step that is under way, else the last that failed.</summary>
    public string? CurrentStep => _steps.Find(step => step.State == StepState.Running)?.Name ?? FailedStep;

    public string? FailedStep => _steps.Find(step => step.State == StepState.Failed)?.Name;

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    public string? IncidentId => _request.IncidentId;

    public string Target => _target.ToString();

    /// <summary>The approvals that were asked for, the newest last.</summary>
    public List<string> ApprovalIds { get; } = [];

    public IReadOnlyList<LockGrant>? Locks { get; set; }

    public EvidenceReference? Evidence { get; set; }

    public IReadOnlyList<ChildRun> Children => _children;

    public void Submit() => ChangeAttributes.Submitted(ChangeId, Procedure, _target, Tier, RequestedBy, IncidentId);

    public void Move(ChangeState state, string sentence, ApprovalDecision? approval)
    {
        _state = state;
        Sentence = sentence;
        if (approval is { } decision)
        {
            ChangeAttributes.Moved(state, decision);
        }
        else
        {
            ChangeAttributes.Moved(state);
        }
    }

    public Plan MakePlan(PlanDraft draft, ResolvedTarget resolved, string inputsDigest) => new(
        Procedure,
        _contract,
        resolved.Target,
        resolved.ClusterUid,
        inputsDigest,
        draft.Items,
        draft.Observed,
        draft.Estimate,
        ShortList.Of([.. draft.Refusals.Where(refusal => !refusal.Blocks)]))
    {
        Contingent = draft.Contingent,
        BlastRadius = draft.BlastRadius,
    };

    public void SetPlan(Plan plan)
    {
        Plan = plan;
        PlanHash = Planning.PlanHash.Of(plan);
        _steps.Clear();
        _steps.AddRange(plan.Items.Select(item => item.Step).Distinct().Select(name => new StepStatus(name, StepState.Pending)));
    }

    public ApproveChangeInput AskFor(TierPolicy tier, ChangePolicy policy) => new(
        ChangeId,
        Plan!,
        PlanHash!,
        RequestedBy,
        _request.Reason!,
        tier.Approvals,
        policy.Voters,
        tier.DecideWithin,
        policy.AllowUnverifiedActors,
        Tier)
    {
        Notifies = policy.Notifies,
    };

    public void StepStarted(string name)
    {
        StepStatus step = new(name, StepState.Running, Now);
        int index = _steps.FindIndex(row => row.Name == name);
        if (index >= 0)
        {
            _steps[index] = step;
        }
        else
        {
            // What the plan does not list stands where it was taken: before the first that is still to come.
            int next = _steps.FindIndex(row => row.State == StepState.Pending);
            _steps.Insert(next < 0 ? _steps.Count : next, step);
        }
    }

    public void StepEnded(string name, StepState state, string detail)
    {
        int index = _steps.FindIndex(row => row.Name == name);
        _steps[index] = _steps[index] with { State = state, EndedAt = Now, Detail = detail };
    }

    public void AddChild(ChildRun child) => _children.Add(child);

    public ChangeStatus Status(IReadOnlyList<JournalEntry> journal) => new(
        ChangeId,
        Procedure,
        _target,
        _state,
        _request.Class,
        Tier,
        RequestedBy,
        _request.Reason,
        _submittedAt,
        Sentence,
        Plan,
        PlanHash,
        Refusals,
        ApprovalWorkflowId,
        Approval,
        [.. _steps],
        journal,
        Failure,
        [.. _children],
        Locks,
        Evidence);
}
