using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Rehearsals;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.CheckClusterHealth;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;
using Temporalio.Common;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary>One roll with its real activities on a whole cluster in the box, in skipped time; nobody is asked for a vote.</summary>
internal sealed class BoxRoll : IAsyncDisposable
{
    private readonly string _folder;
    private readonly RehearsedCluster _cluster;
    private readonly ClusterEffects _effects;
    private readonly string _workflow;
    private int _reports;

    private BoxRoll(string folder, RehearsedCluster cluster)
    {
        (_folder, _cluster) = (folder, cluster);
        _effects = new ClusterEffects(cluster.Box.Kubernetes.Store, cluster.Box.Time.Clock);
        string change = ChangeId.Create("roll-kafka-cluster", cluster.Target, "test", cluster.Box.Time.Now);
        _workflow = ChangeId.WorkflowId("roll-kafka-cluster", cluster.Target, change);
    }

    /// <summary>The cluster.</summary>
    public ClusterBox Box => _cluster.Box;

    /// <summary>The folder of evidence of its workers.</summary>
    public string Evidence => Path.Combine(_folder, "evidence");

    /// <summary>More of what its workers' configuration says.</summary>
    public IDictionary<string, string?> Settings => _cluster.Settings;

    /// <summary>How many activities besides watches each of its workers runs at once.</summary>
    public int MaxConcurrentActivities
    {
        set => _cluster.MaxConcurrentActivities = value;
    }

    /// <summary>What was done to the cluster, in order.</summary>
    public IReadOnlyList<string> Effects => [.. _effects.Seen.Select(effect => effect.What)];

    /// <summary>The ordinals of the brokers that were restarted, in order.</summary>
    public IReadOnlyList<string> Restarted => [.. _effects.Seen.Where(effect => effect.IsRestart).Select(effect => effect.Pod!)];

    public static async Task<BoxRoll> StartAsync(ClusterScenario scenario)
    {
        string folder = Directory.CreateTempSubdirectory("orchestrator-roll-").FullName;
        RehearsedCluster cluster = await RehearsedCluster.StartAsync(scenario, folder, CancellationToken.None);
        cluster.Settings["Orchestrator:Tiers:T2:Approvals:peer"] = "0";
        return new BoxRoll(folder, cluster);
    }

    /// <summary>Rolls with one worker.</summary>
    public async Task<RollKafkaClusterResult> ExecuteAsync(RollLimits? limits = null)
    {
        await _cluster.StartWorkerAsync();
        return await _cluster.Box.Temporal.ResultAsync<RollKafkaClusterResult>(await BeginAsync(limits));
    }

    /// <summary>Rolls with workers that are ended, each followed by another.</summary>
    /// <param name="isEnded">Whether a worker ends at a moment of an activity.</param>
    /// <param name="limits">How long it may take. Default: the roll's own.</param>
    public async Task<RollKafkaClusterResult> ExecuteAsync(
        Func<EndingInterceptor.Moment, string, bool> isEnded, RollLimits? limits = null) =>
        await EndingAsync<RollKafkaClusterResult>(await BeginAsync(limits), isEnded);

    /// <summary>Checks the cluster's health, with workers that are ended, each followed by another.</summary>
    /// <param name="isEnded">Whether a worker ends at a moment of an activity.</param>
    public async Task<AssessmentReport> AssessAsync(Func<EndingInterceptor.Moment, string, bool> isEnded)
    {
        CheckClusterHealthInput input = new() { Target = _cluster.Target };
        string change = ChangeId.Create("check-cluster-health", _cluster.Target, $"{++_reports}", Box.Time.Now);
        return await EndingAsync<AssessmentReport>(
            await _cluster.Server.Client.StartWorkflowAsync(
                CheckClusterHealthWorkflow.Type,
                [input],
                new(ChangeId.WorkflowId("check-cluster-health", _cluster.Target, change), ChangeNames.TaskQueue)),
            isEnded);
    }

    /// <summary>Has one worker work for as long as it lives, and gives the client of its Temporal.</summary>
    public async Task<ITemporalClient> WorkAsync()
    {
        await _cluster.StartWorkerAsync();
        return _cluster.Server.Client;
    }

    private async Task<T> EndingAsync<T>(WorkflowHandle handle, Func<EndingInterceptor.Moment, string, bool> isEnded)
    {
        Task<T> result = _cluster.Box.Temporal.ResultAsync<T>(handle);
        while (!result.IsCompleted)
        {
            TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await _cluster.StartWorkerAsync(connection => new EndingInterceptor((moment, what) => End(connection, ended, moment, what)));
            await Task.WhenAny(result, ended.Task);
        }

        return await result;

        bool End(BoxConnection connection, TaskCompletionSource ended, EndingInterceptor.Moment moment, string what)
        {
            if (ended.Task.IsCompleted || !isEnded(moment, what))
            {
                return false;
            }

            connection.End();
            ended.TrySetResult();
            return true;
        }
    }

    /// <summary>The histories of the roll and of what it ran.</summary>
    public async Task<IReadOnlyList<WorkflowHistory>> HistoriesAsync()
    {
        List<WorkflowHistory> histories = [];
        await foreach (WorkflowExecution run in _cluster.Server.Client.ListWorkflowsAsync("WorkflowType != 'ClusterGuard'"))
        {
            histories.Add(await _cluster.Server.Client.GetWorkflowHandle(run.Id, run.RunId).FetchHistoryAsync());
        }

        return histories;
    }

    public async ValueTask DisposeAsync()
    {
        await _effects.DisposeAsync();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<WorkflowHandle> BeginAsync(RollLimits? limits)
    {
        RollKafkaClusterInput input = new()
        {
            Target = _cluster.Target,
            Change = new() { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
            Limits = limits ?? new RollLimits(),
        };
        return _cluster.Server.Client.StartWorkflowAsync(RollKafkaClusterWorkflow.Type, [input], new(_workflow, ChangeNames.TaskQueue));
    }
}
