using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Chaos;

/// <summary>A program that a seed decides: calls of every kind, one after the other, side by side, raced and cancelled.</summary>
[Workflow("Chaos")]
public sealed class ChaosWorkflow
{
    private const int DeepestBranch = 2;

    private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) };

    private readonly List<string> _log = [];
    private int _pokes;

    [WorkflowQuery("log")]
    public string Log => string.Join(' ', _log);

    [Activity("note")]
    public static string Note(string text) => text;

    [WorkflowRun]
    public async Task<string> RunAsync(int seed, int steps)
    {
        await BranchAsync($"b{seed}", new Random(seed), steps, depth: 0);
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return Log;
    }

    [WorkflowSignal("poke")]
    public async Task PokeAsync(string text)
    {
        _pokes++;
        _log.Add(await NoteAsync($"poked {text}"));
    }

    [WorkflowUpdate("change")]
    public async Task<int> ChangeAsync(int by)
    {
        await Workflow.DelayAsync(1);
        _pokes += by;
        _log.Add(await NoteAsync($"changed by {by}"));
        return _pokes;
    }

    [WorkflowUpdateValidator(nameof(ChangeAsync))]
    public void ValidateChange(int by)
    {
        if (by < 0)
        {
            throw new ApplicationFailureException($"{by} is negative");
        }
    }

    private static Task<string> NoteAsync(string text, CancellationToken? cancellationToken = null)
    {
        ActivityOptions options = (ActivityOptions)Options.Clone();
        options.CancellationToken = cancellationToken;
        return Workflow.ExecuteActivityAsync(() => Note(text), options);
    }

    private async Task BranchAsync(string name, Random random, int steps, int depth)
    {
        for (int i = 0; i < steps; i++)
        {
            _log.Add(await StepAsync($"{name}.{i}", random, depth));
        }
    }

    private async Task<string> StepAsync(string name, Random random, int depth)
    {
        switch (random.Next(depth < DeepestBranch ? 9 : 7))
        {
            case 0:
                return await NoteAsync(name);
            case 1:
                await Workflow.DelayAsync(random.Next(1, 20));
                return $"{name} slept";
            case 2:
                return $"{name} {await CancelAsync(token => Workflow.DelayAsync(TimeSpan.FromHours(1), token), random.Next(2) == 0)}";
            case 3:
                int pokes = _pokes;
                return $"{name} {await Workflow.WaitConditionAsync(() => _pokes > pokes, random.Next(5, 50))}";
            case 4:
                Workflow.UpsertMemo(MemoUpdate.ValueSet($"k{random.Next(3)}", name));
                return $"{name} memo {Workflow.Random.Next() >= 0}";
            case 5:
                return $"{name} {Workflow.Patched($"patch-{random.Next(3)}")}";
            case 6:
                return $"{name} {await CancelAsync(token => NoteAsync(name, token), random.Next(2) == 0)}";
            case 7:
                Random[] seeds = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => new Random(random.Next()))];
                await Workflow.WhenAllAsync(seeds.Select((own, i) => BranchAsync($"{name}.{i}", own, 2, depth + 1)));
                return $"{name} joined";
            default:
                Task branch = BranchAsync($"{name}.r", new Random(random.Next()), 2, depth + 1);
                Task first = await Workflow.WhenAnyAsync(branch, Workflow.DelayAsync(random.Next(1, 30)));
                _log.Add($"{name} {(first == branch ? "branch" : "timer")} first");
                await branch;
                return $"{name} raced";
        }
    }

    private static async Task<string> CancelAsync(Func<CancellationToken, Task> call, bool atOnce)
    {
        using CancellationTokenSource scope = new();
        Task task = call(scope.Token);
        if (!atOnce)
        {
            await Workflow.DelayAsync(2);
        }

#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await task;
            return "done";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return "cancelled";
        }
    }
}
