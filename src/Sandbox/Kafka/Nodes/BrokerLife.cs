using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>The brokers, and what becomes of one from its start to its end: starting, recovery of its log, registration, running.</summary>
internal sealed class BrokerLife(ClusterState state)
{
    private readonly SortedDictionary<int, Broker> _brokers = [];

    public IEnumerable<Broker> All => _brokers.Values;

    public Broker this[int id] => _brokers[id];

    public bool Has(int id) => _brokers.ContainsKey(id);

    public Broker? Find(int id) => _brokers.GetValueOrDefault(id);

    public void Add(Broker broker) => _brokers.Add(broker.Id, broker);

    /// <summary>Has a broker run at once, as one of a cluster that begins whole.</summary>
    public void Form(Broker broker) =>
        (broker.Phase, broker.IsUnfenced, broker.StoppedCleanly, broker.StartedAt) = (ProcessPhase.Running, true, false, state.Now);

    public void Start(Broker broker)
    {
        (broker.Phase, broker.StartedAt, broker.Exit) = (ProcessPhase.Starting, state.Now, null);
        foreach (LogFolder folder in broker.Folders)
        {
            folder.HasFailed = folder.IsBroken;
        }

        broker.Then(state.After(state.Timings.BrokerStart, $"start of broker {broker.Id}", () => Load(broker)));
    }

    public void Stop(Broker broker)
    {
        if (broker.Phase != ProcessPhase.Running)
        {
            Kill(broker);
            return;
        }

        broker.Phase = ProcessPhase.Stopping;
        broker.Then(state.After(state.Timings.ControlledShutdown, $"controlled shutdown of broker {broker.Id}", () => Leave(broker)));
    }

    public void Kill(Broker broker)
    {
        bool wasUnfenced = broker.IsUnfenced;
        StopFetching(broker);
        End(broker);
        if (wasUnfenced)
        {
            AwaitSession(broker);
        }
    }

    /// <summary>There is an active controller: who waited for one goes on, and who is silent has the time of a session again.</summary>
    public void MeetController()
    {
        foreach (Broker broker in All)
        {
            if (broker.Phase == ProcessPhase.Ended && broker.IsUnfenced)
            {
                AwaitSession(broker);
            }
            else if (broker is { Phase: ProcessPhase.Starting } && state.Now - broker.StartedAt >= state.Timings.BrokerStart)
            {
                Load(broker);
            }
            else if (broker.Phase == ProcessPhase.Registering)
            {
                Register(broker);
            }
        }
    }

    /// <summary>A log folder of a broker fails; without another one the broker ends itself.</summary>
    public void FailFolder(Broker broker, LogFolder folder)
    {
        (folder.HasFailed, folder.IsBroken) = (true, true);
        if (broker.Folders.TrueForAll(each => each.HasFailed))
        {
            if (broker.Phase != ProcessPhase.Ended)
            {
                Kill(broker);
                broker.Exit = $"all log folders have failed, the last of them {folder.Path}";
            }

            return;
        }

        foreach (Partition partition in broker.Hosted.Where(partition => broker.FolderOf(partition) == folder).ToList())
        {
            state.Replication.Leave(partition, broker.Id);
            state.Leadership.Settle(partition);
        }

        Resume(broker.Hosted);
    }

    // A broker reads the metadata from the controllers before it looks at its log.
    private void Load(Broker broker)
    {
        if (broker.Folders.TrueForAll(folder => folder.HasFailed))
        {
            End(broker);
            broker.Exit = $"log folder {broker.Folders[0].Path} cannot be written";
            return;
        }

        if (state.Quorum.Leader is null)
        {
            return;
        }

        if (broker.StoppedCleanly)
        {
            Register(broker);
            return;
        }

        // Of each log at least the segment that was written to.
        broker.Phase = ProcessPhase.Recovering;
        broker.RecoveryBegan = state.Now;
        broker.SegmentsToRecover = Math.Max(1, broker.Hosted.Count);
        broker.SegmentRecovery = state.Timings.SegmentRecovery;
        broker.Then(state.After(
            broker.SegmentRecovery * broker.SegmentsToRecover, $"recovery of broker {broker.Id}", () => Register(broker)));
    }

    private void Register(Broker broker)
    {
        broker.Phase = ProcessPhase.Registering;
        if (state.Quorum.Leader is null)
        {
            return;
        }

        if (state.Features.Refusal(broker.Version) is { } refusal)
        {
            broker.Then(state.After(state.Timings.RegistrationLimit, $"end of broker {broker.Id}", () =>
            {
                End(broker);
                broker.Exit = refusal;
            }));
            return;
        }

        broker.Then(state.After(state.Timings.Registration, $"registration of broker {broker.Id}", () => Serve(broker)));
    }

    private void Serve(Broker broker)
    {
        if (state.Quorum.Leader is null)
        {
            return;
        }

        broker.Session?.Cancel();
        int? unclean = broker.StoppedCleanly ? null : broker.Id;
        (broker.Phase, broker.IsUnfenced, broker.IsLeaving, broker.StoppedCleanly) = (ProcessPhase.Running, true, false, false);
        broker.Then(null);
        state.Quorum.Append(1);
        foreach (Partition partition in broker.Hosted.ToList())
        {
            state.Leadership.Settle(partition, unclean);
        }

        state.Replication.Fetch(broker);
        Resume(broker.Hosted);
    }

    // Without a controller it cannot be relieved, and it ends all the same.
    private void Leave(Broker broker)
    {
        broker.IsLeaving = true;
        broker.StoppedCleanly = true;
        StopFetching(broker);
        if (state.Quorum.Leader is not null)
        {
            Fence(broker);
        }

        broker.Then(state.After(state.Timings.Exit, $"end of broker {broker.Id}", () =>
        {
            End(broker);
            if (broker.IsUnfenced)
            {
                AwaitSession(broker);
            }
        }));
    }

    private void AwaitSession(Broker broker)
    {
        broker.Session?.Cancel();
        broker.Session = state.After(state.Timings.BrokerSession, $"session of broker {broker.Id}", () =>
        {
            if (state.Quorum.Leader is not null)
            {
                Fence(broker);
            }
        });
    }

    private void Fence(Broker broker)
    {
        broker.IsUnfenced = false;
        state.Quorum.Append(1);
        foreach (Partition partition in broker.Hosted.ToList())
        {
            state.Leadership.Settle(partition);
        }
    }

    // Who fetches from it gets nothing either.
    private void StopFetching(Broker broker)
    {
        foreach (Partition partition in broker.Hosted)
        {
            state.Replication.Leave(partition, broker.Id);
            if (partition.Leader == broker.Id)
            {
                state.Replication.LoseLeader(partition);
            }
        }
    }

    private void Resume(IEnumerable<Partition> partitions)
    {
        foreach (int id in partitions.SelectMany(partition => partition.Replicas).Distinct().ToList())
        {
            if (_brokers[id].Hosted.Any(partition => partition.Logs[id] is { IsCurrent: false, CatchUp: null }))
            {
                state.Replication.Fetch(_brokers[id]);
            }
        }
    }

    private void End(Broker broker)
    {
        if (broker.Phase is not ProcessPhase.Ended)
        {
            broker.MetadataAt = state.Now;
        }

        broker.Phase = ProcessPhase.Ended;
        broker.Then(null);
    }
}
