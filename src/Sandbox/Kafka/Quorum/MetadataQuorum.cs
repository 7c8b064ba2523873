using Orchestrator.Sandbox.Kafka.Nodes;

namespace Orchestrator.Sandbox.Kafka.Quorum;

/// <summary>
/// The KRaft quorum: who leads it, and how far its log is. A voter that is away, or that the others do not hear, does not vote; a leader
/// that a majority does not follow gives up.
/// </summary>
internal sealed class MetadataQuorum(ClusterState state)
{
    // checkQuorum: a leader allows its followers one and a half times what they allow it.
    private const double LeadersPatience = 1.5;

    private double _end;
    private DateTimeOffset _countedAt;
    private bool _isElecting;
    private bool _isDoubted;

    public SortedDictionary<int, Controller> Controllers { get; } = [];

    /// <summary>The active controller; null where there is none.</summary>
    public int? Leader { get; private set; }

    /// <summary>Who led last.</summary>
    public int? LastLeader { get; private set; }

    public int Epoch { get; private set; }

    /// <summary>Since when there is no leader; null where there is one.</summary>
    public DateTimeOffset? LeaderlessSince { get; private set; }

    /// <summary>Where the log ends.</summary>
    public long End
    {
        get
        {
            Count();
            return (long)_end;
        }
    }

    private int Majority => (Controllers.Count / 2) + 1;

    /// <summary>Begins with all controllers up, the first of them the leader.</summary>
    public void Form()
    {
        _countedAt = state.Now;
        foreach (Controller controller in Controllers.Values)
        {
            (controller.Phase, controller.LogEnd, controller.StartedAt) = (ProcessPhase.Running, null, state.Now);
        }

        LeaderlessSince = state.Now;
        if (Controllers.Count > 0)
        {
            Elect();
        }
    }

    /// <exception cref="KafkaRefusalException">There is no leader.</exception>
    public void Require()
    {
        if (Leader is null)
        {
            throw new KafkaRefusalException("RequestTimedOut", "The quorum of the controllers has no leader.");
        }
    }

    /// <summary>Adds records to the log.</summary>
    public void Append(int records)
    {
        Count();
        _end += records;
    }

    /// <summary>Where the log of a controller ends.</summary>
    public long EndOf(Controller controller) => controller.LogEnd ?? End;

    public void Start(Controller controller)
    {
        (controller.Phase, controller.StartedAt, controller.Exit) = (ProcessPhase.Starting, state.Now, null);
        controller.Then(state.After(state.Timings.ControllerStart, $"start of controller {controller.Id}", () =>
        {
            if (state.Features.Refusal(controller.Version) is { } refusal)
            {
                Finish(controller);
                controller.Exit = refusal;
                return;
            }

            controller.Phase = ProcessPhase.Running;
            Consider();
            Follow(controller);
        }));
    }

    public void Stop(Controller controller)
    {
        controller.Phase = ProcessPhase.Stopping;
        Fall(controller);
        if (Leader == controller.Id)
        {
            // It resigns, and the others need not find out.
            LoseLeader();
        }

        Consider(state.Timings.QuorumElection);
        controller.Then(state.After(state.Timings.Exit, $"end of controller {controller.Id}", () => Finish(controller)));
    }

    public void Kill(Controller controller)
    {
        Fall(controller);
        Finish(controller);
        if (Leader == controller.Id)
        {
            LoseLeader();
        }

        Consider();
    }

    /// <summary>Cuts a controller off from the others, or lets them hear it again.</summary>
    public void CutOff(Controller controller, bool isCutOff)
    {
        if (isCutOff && !controller.IsCutOff)
        {
            Fall(controller);
        }

        controller.IsCutOff = isCutOff;
        if (isCutOff && Leader == controller.Id)
        {
            LoseLeader();
        }

        Consider();
        Follow(controller);
    }

    /// <summary>Keeps a controller from fetching, or lets it fetch again.</summary>
    public void Hold(Controller controller, bool isHeld)
    {
        if (isHeld && Leader != controller.Id)
        {
            Fall(controller);
        }

        controller.IsHeld = isHeld;
        Follow(controller);
    }

    private static void Finish(Controller controller)
    {
        controller.Phase = ProcessPhase.Ended;
        controller.Then(null);
    }

    // Its log stays where it is.
    private void Fall(Controller controller)
    {
        if (controller.LogEnd is null)
        {
            (controller.LogEnd, controller.CaughtUpAt) = (End, state.Now);
        }
    }

    private void Follow(Controller controller)
    {
        if (controller.TakesPart && !controller.IsHeld && Leader is not null)
        {
            controller.LogEnd = null;
        }
    }

    private void LoseLeader()
    {
        Count();
        (LastLeader, Leader, LeaderlessSince) = (Leader, null, state.Now);
        foreach (Controller controller in Controllers.Values)
        {
            Fall(controller);
        }
    }

    private void Consider(TimeSpan? soon = null)
    {
        int taking = Controllers.Values.Count(controller => controller.TakesPart);
        if (Leader is not null && taking < Majority && !_isDoubted)
        {
            _isDoubted = true;
            state.After(state.Timings.QuorumFetch * LeadersPatience, "the end of a leader without followers", () =>
            {
                _isDoubted = false;
                if (Leader is not null && Controllers.Values.Count(controller => controller.TakesPart) < Majority)
                {
                    LoseLeader();
                }

                Consider();
            });
        }

        if (Leader is null && taking >= Majority && !_isElecting)
        {
            _isElecting = true;
            TimeSpan after = soon ?? state.Timings.QuorumFetch + state.Timings.QuorumElection;
            state.After(after, "an election of the quorum's leader", () =>
            {
                _isElecting = false;
                if (Leader is null && Controllers.Values.Count(controller => controller.TakesPart) >= Majority)
                {
                    Elect();
                }
            });
        }
    }

    // Nobody votes for one that has less than they have; among equals, the one after the last leader.
    private void Elect()
    {
        Count();
        Controller winner = Controllers.Values.Where(controller => controller.TakesPart)
            .OrderByDescending(controller => controller.LogEnd ?? (long)_end)
            .ThenBy(controller => controller.Id <= LastLeader)
            .ThenBy(controller => controller.Id)
            .First();
        Epoch++;
        (Leader, LeaderlessSince) = (winner.Id, null);
        winner.IsHeld = false;
        foreach (Controller controller in Controllers.Values)
        {
            Follow(controller);
        }

        Append(1);
        state.Brokers.MeetController();
        state.Leadership.SettleAll();
    }

    private void Count()
    {
        if (Leader is not null)
        {
            _end += state.Timings.MetadataRecordsPerSecond * (state.Now - _countedAt).TotalSeconds;
        }

        _countedAt = state.Now;
    }
}
