using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>
/// Random programs whose histories do not depend on how fast a server is: between two moves everything comes to rest, and at most one thing
/// that a step begins answers by itself.
/// </summary>
internal sealed class QuietPrograms
{
    private readonly Random _random;
    private readonly List<string> _activities = [];
    private readonly List<string> _updates = [];
    private readonly List<string> _begun = [];
    private readonly List<string> _children = [];
    private readonly List<string> _workflows = ["main"];
    private readonly HashSet<string> _endsOnCancel = new(StringComparer.Ordinal);
    private int _names;

    private QuietPrograms(int seed) => _random = new Random(seed);

    /// <summary>The program of a seed.</summary>
    public static RandomProgram Of(int seed) => new QuietPrograms(seed).Make(seed);

    private RandomProgram Make(int seed)
    {
        ProgramInput input = new(Steps("main", 0), EndsOnCancel: Chance(30));
        List<Move> moves = [];
        int count = _random.Next(4, 14);
        for (int i = 0; i < count; i++)
        {
            moves.Add(Next());
        }

        // Most end by themselves, the rest is ended from outside.
        moves.Add(Chance(85) ? new(MoveKind.Signal, "main") { Steps = [End("main")] } : new(MoveKind.Terminate, "main"));
        moves.Add(new(MoveKind.Query, "main"));
        moves.Add(new(MoveKind.Terminate, "main"));
        return new(seed, input, moves);
    }

    private Move Next()
    {
        string target = Chance(70) ? "main" : Pick(_workflows);
        return _random.Next(100) switch
        {
            < 22 => new(MoveKind.Signal, target) { Steps = Steps(target, 1) },
            < 26 => new(MoveKind.Note, target, Name("n")),
            < 42 => new(MoveKind.Update, target) { Update = Update(target) },
            < 46 => new(MoveKind.Release, target, Known(_updates)),
            < 50 => new(MoveKind.Query, target),
            < 54 => new(MoveKind.Cancel, target),
            < 55 => new(MoveKind.Terminate, target),
            < 67 => new(MoveKind.CompleteActivity, target, Known(_activities)),
            < 73 => new(MoveKind.FailActivity, target, Known(_activities)) { Number = _random.Next(2) },
            < 77 => new(MoveKind.CancelActivity, target, Known(_activities)),
            < 79 => new(MoveKind.Heartbeat, target, Known(_activities)),
            < 85 => new(MoveKind.ReplaceWorker, target),
            < 87 => new(MoveKind.StartAgain, target),
            < 89 => new(MoveKind.StartOrUse, target),
            < 92 => new(MoveKind.SignalWithStart, target, Name("n")),
            < 95 => new(MoveKind.UpdateWithStart, target) { Update = Update(target) },
            < 97 => new(MoveKind.Reset, "main"),
            _ => new(MoveKind.Signal, target) { Steps = [End(target)] },
        };
    }

    private ProgramUpdate Update(string target)
    {
        string name = Name("u");
        int kind = _random.Next(10);
        if (kind >= 8)
        {
            _updates.Add(name);
        }

        return new(name, kind < 3 ? [] : Steps(target, 0))
        {
            IsRefused = kind < 3, Fails = kind == 3, Waits = kind >= 8,
        };
    }

    // Any number of what ends by a move, and at most one that answers by itself, as the last.
    private List<Step> Steps(string target, int least)
    {
        List<Step> steps = [];
        int count = _random.Next(least, 4);
        for (int i = 0; i < count; i++)
        {
            steps.Add(Still());
        }

        if (Chance(45))
        {
            steps.Add(Answering(target));
        }

        return steps;
    }

    private Step Still() => _random.Next(100) switch
    {
        < 35 => Begun(StepKind.Gated, "a"),
        < 42 => Begun(StepKind.Unserved, "a"),
        < 57 => Begun(StepKind.Timer, "t"),
        < 77 => new() { Kind = StepKind.Cancel, Text = Known(_begun) },
        < 85 => new() { Kind = StepKind.Patch, Name = Name("p") },
        < 92 => new() { Kind = StepKind.Upsert, Text = Chance(80) ? Pick(["red", "green"]) : "" },
        _ => new() { Kind = StepKind.Memo, Name = "note", Text = Chance(80) ? Name("m") : "" },
    };

    private Step Begun(StepKind kind, string prefix)
    {
        string name = Name(prefix);
        if (kind != StepKind.Timer)
        {
            _activities.Add(name);
        }

        _begun.Add(name);
        return new()
        {
            Kind = kind,
            Name = name,
            Text = Chance(30) ? "what for" : "",
            FollowsCancel = Chance(60),
            ActivityCancellation = Pick([
                ActivityCancellationType.TryCancel, ActivityCancellationType.WaitCancellationCompleted, ActivityCancellationType.Abandon,
            ]),
        };
    }

    private Step Answering(string target)
    {
        string name = Name("s");
        switch (_random.Next(100))
        {
            case < 35:
                return new()
                {
                    Kind = StepKind.Quick, Name = name, Number = _random.Next(4), Text = Chance(15) ? "fatal" : "",
                    FollowsCancel = Chance(50),
                };
            case < 45:
                return new() { Kind = StepKind.Local, Name = name, Number = _random.Next(2) };
            case < 55:
                return new() { Kind = StepKind.ShortTimer, Name = name, Number = _random.Next(1, 30) };
            case < 75 when _workflows.Count < 4:
                return Child(name);
            case < 78:
                return new() { Kind = StepKind.Cancel, Text = Known(_children) };
            case < 83:
                return new() { Kind = StepKind.SignalOther, Name = name, Text = Other(target) };
            case < 88:
                // One that ended of it would answer twice.
                string other = Other(target);
                return new() { Kind = StepKind.CancelOther, Name = name, Text = _endsOnCancel.Contains(other) ? "nobody" : other };
            case < 93:
                return new() { Kind = StepKind.FailTask, Name = name };
            default:
                return new() { Kind = StepKind.Quick, Name = name };
        }
    }

    private Step Child(string name)
    {
        bool endsOnCancel = Chance(30);
        if (endsOnCancel)
        {
            _endsOnCancel.Add(name);
        }
        else
        {
            _children.Add(name);
        }

        Step child = new()
        {
            Kind = StepKind.Child,
            Name = name,
            FollowsCancel = endsOnCancel,
            Inner = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Still())],
            Text = Chance(30) ? "a child" : "",
            ParentClosePolicy = Pick([ParentClosePolicy.Terminate, ParentClosePolicy.Abandon, ParentClosePolicy.RequestCancel]),
            ChildCancellation = Pick([
                ChildWorkflowCancellationType.WaitCancellationCompleted, ChildWorkflowCancellationType.WaitCancellationRequested,
                ChildWorkflowCancellationType.TryCancel, ChildWorkflowCancellationType.Abandon,
            ]),
        };
        _workflows.Add(name);
        return child;
    }

    private Step End(string target) => _random.Next(10) switch
    {
        < 5 => new() { Kind = StepKind.Complete },
        < 8 => new() { Kind = StepKind.Fail, Text = "ENDED" },
        _ => new() { Kind = StepKind.Continue, Inner = Steps(target, 0) },
    };

    // A workflow that is neither the one itself nor its parent: their answers would cross.
    private string Other(string target) =>
        target == "main" && Chance(80) ? Pick(_workflows.Where(name => name != "main").DefaultIfEmpty("nobody")) : "nobody";

    private string Known(List<string> names) => names.Count == 0 ? "unknown" : Chance(70) ? names[^1] : Pick(names);

    private string Name(string prefix) => $"{prefix}{++_names}";

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IEnumerable<T> from)
    {
        T[] all = [.. from];
        return all[_random.Next(all.Length)];
    }
}
