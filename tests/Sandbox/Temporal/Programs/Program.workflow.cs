using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>A workflow that does what it is told, by its input, by signals and by updates, and keeps a log of what came of it.</summary>
[Workflow("Program")]
public sealed class ProgramWorkflow
{
    private static readonly SearchAttributeKey<string> Color = SearchAttributeKey.CreateKeyword("Color");
    private static readonly RetryPolicy Retries = new() { InitialInterval = TimeSpan.FromMilliseconds(10), BackoffCoefficient = 1 };

    // Where a task has failed already, so that the next try goes well; it outlives the runs, as whoever repairs a program does.
    private static readonly ConcurrentDictionary<string, bool> Failed = new(StringComparer.Ordinal);

    private readonly List<string> _log = [];
    private readonly HashSet<string> _released = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CancellationTokenSource> _open = new(StringComparer.Ordinal);
    private Step? _end;

    [WorkflowRun]
    public async Task<IReadOnlyList<string>> RunAsync(ProgramInput input)
    {
        _ = NoteCancelAsync();
        Do(input.Steps);
        await Workflow.WaitConditionAsync(
            () => (_end is not null && (_end.Number == 0 || _open.Count == 0))
                || (input.EndsOnCancel && Workflow.CancellationToken.IsCancellationRequested),
            CancellationToken.None);
        return _end switch
        {
            null => throw new OperationCanceledException("It was told to end."),
            { Kind: StepKind.Fail } => throw new ApplicationFailureException("It failed.", errorType: _end.Text),
            { Kind: StepKind.Continue } => throw Workflow.CreateContinueAsNewException(
                (ProgramWorkflow w) => w.RunAsync(new(_end.Inner, input.EndsOnCancel))),
            _ => _log,
        };
    }

    [WorkflowSignal]
    public Task DoAsync(IReadOnlyList<Step> steps)
    {
        Do(steps);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task NoteAsync(string note)
    {
        _log.Add($"note {note}");
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task ReleaseAsync(string update)
    {
        _released.Add(update);
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public async Task<string> AskAsync(ProgramUpdate update)
    {
        Do(update.Steps);
        if (update.Waits)
        {
            await Workflow.WaitConditionAsync(() => _released.Contains(update.Name), CancellationToken.None);
        }

        _log.Add($"update {update.Name}");
        return update.Fails ? throw new ApplicationFailureException("It cannot.", errorType: "CANNOT") : update.Name;
    }

    [WorkflowUpdateValidator(nameof(AskAsync))]
    public void CheckAsk(ProgramUpdate update)
    {
        if (update.IsRefused)
        {
            throw new ApplicationFailureException("It will not.", errorType: "WILL_NOT");
        }
    }

    [WorkflowQuery]
    public IReadOnlyList<string> Log() => _log;

    private async Task NoteCancelAsync()
    {
        await Workflow.WaitConditionAsync(() => Workflow.CancellationToken.IsCancellationRequested, CancellationToken.None);
        _log.Add("asked to end");
    }

    private void Do(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            Do(step);
        }
    }

    private void Do(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Cancel:
                _open.GetValueOrDefault(step.Text)?.Cancel();
                break;
            case StepKind.Patch:
                _log.Add($"patched {Workflow.Patched(step.Name)}");
                break;
            case StepKind.Upsert:
                Workflow.UpsertTypedSearchAttributes(step.Text.Length > 0 ? Color.ValueSet(step.Text) : Color.ValueUnset());
                break;
            case StepKind.Memo:
                Workflow.UpsertMemo(step.Text.Length > 0 ? MemoUpdate.ValueSet(step.Name, step.Text) : MemoUpdate.ValueUnset("note"));
                break;
            case StepKind.FailTask when Failed.TryAdd($"{Workflow.Info.FirstExecutionRunId}/{step.Name}", true):
                throw new InvalidOperationException("A bug that is repaired at once.");
            case StepKind.FailTask:
                break;
            case StepKind.Complete or StepKind.Fail or StepKind.Continue:
                _end ??= step;
                break;
            default:
                _ = TrackAsync(step);
                break;
        }
    }

    private async Task TrackAsync(Step step)
    {
        using CancellationTokenSource cancel = step.FollowsCancel && step.Kind != StepKind.Child
            ? CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken) : new();
        _open[step.Name] = cancel;
        try
        {
            _log.Add($"{step.Name}: {await BeginAsync(step, cancel.Token)}");
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            _log.Add($"{step.Name}: {Outcome.Of(e)}");
        }
        finally
        {
            _open.Remove(step.Name);
        }
    }

    private static async Task<string> BeginAsync(Step step, CancellationToken cancel)
    {
        switch (step.Kind)
        {
            case StepKind.Gated:
                return await Workflow.ExecuteActivityAsync((ProgramActivities a) => a.Gated(), Options(step, cancel));
            case StepKind.Unserved:
                ActivityOptions unserved = Options(step, cancel);
                unserved.TaskQueue = $"{Workflow.Info.TaskQueue}-unserved";
                return await Workflow.ExecuteActivityAsync((ProgramActivities a) => a.Gated(), unserved);
            case StepKind.Quick:
                ActivityOptions quick = Options(step, cancel);
                quick.RetryPolicy = new() { InitialInterval = Retries.InitialInterval, BackoffCoefficient = 1, MaximumAttempts = 3 };
                return await Workflow.ExecuteActivityAsync((ProgramActivities a) => a.Quick(step.Number, step.Text), quick);
            case StepKind.Local:
                return await Workflow.ExecuteLocalActivityAsync(
                    (ProgramActivities a) => a.Quick(step.Number, step.Text),
                    new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = Retries, CancellationToken = cancel });
            case StepKind.Timer:
                await Workflow.DelayWithOptionsAsync(new DelayOptions(TimeSpan.FromHours(1), step.Text, cancel));
                return "over";
            case StepKind.ShortTimer:
                await Workflow.DelayAsync(TimeSpan.FromMilliseconds(step.Number), cancel);
                return "over";
            case StepKind.Child:
                IReadOnlyList<string> log = await Workflow.ExecuteChildWorkflowAsync(
                    (ProgramWorkflow w) => w.RunAsync(new(step.Inner, step.FollowsCancel)),
                    new()
                    {
                        Id = Other(step.Name),
                        CancellationType = step.ChildCancellation,
                        ParentClosePolicy = step.ParentClosePolicy,
                        CancellationToken = cancel,
                        StaticSummary = step.Text,
                    });
                return $"[{string.Join("; ", log)}]";
            case StepKind.SignalOther:
                await Workflow.GetExternalWorkflowHandle<ProgramWorkflow>(Other(step.Text)).SignalAsync(w => w.NoteAsync(step.Name));
                return "sent";
            case StepKind.CancelOther:
                await Workflow.GetExternalWorkflowHandle(Other(step.Text)).CancelAsync();
                return "asked";
            default:
                throw new InvalidOperationException($"Nothing does {step.Kind}.");
        }
    }

    // The workflows of a program share the part of their ids before the slash.
    private static string Other(string name) => $"{Workflow.Info.WorkflowId.Split('/')[0]}/{name}";

    private static ActivityOptions Options(Step step, CancellationToken cancel) => new()
    {
        ActivityId = step.Name,
        StartToCloseTimeout = TimeSpan.FromHours(1),
        CancellationType = step.ActivityCancellation,
        CancellationToken = cancel,
        RetryPolicy = Retries,
        Summary = step.Text.Length > 0 ? step.Text : null,
    };
}

/// <summary>The activities of programs.</summary>
public sealed class ProgramActivities
{
    /// <summary>Is ended by the test.</summary>
    [Activity]
    public string Gated() => throw new CompleteAsyncException();

    /// <summary>Fails that many times, for good where <paramref name="text"/> says so.</summary>
    [Activity]
    public string Quick(int failures, string text) => ActivityExecutionContext.Current.Info.Attempt is var attempt && attempt <= failures
        ? throw new ApplicationFailureException($"Try {attempt}.", errorType: "TRY", nonRetryable: text == "fatal")
        : $"try {attempt}";
}
