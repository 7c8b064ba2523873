using Orchestrator.Sandbox.Temporal;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A Temporal in the box for one test; its clock stands still until the test waits for something.</summary>
public sealed class BoxTemporal : RunServer
{
    private const int AllRuns = 100;

    private TemporalBox? _box;

    /// <summary>One whose workers keep all runs in memory, or none.</summary>
    public BoxTemporal(bool caches) => CachedRuns = caches ? AllRuns : 0;

    /// <summary>After how many events a run is told to continue as a new one. Default: null, the server's own number.</summary>
    public int? ContinueAsNewAt { get; init; }

    /// <summary>The box.</summary>
    public TemporalBox Box => _box ?? throw new InvalidOperationException("It is not open.");

    /// <inheritdoc/>
    public override DateTimeOffset Now => Box.Time.Now;

    /// <inheritdoc/>
    public override bool IsCallerEnded =>
        ActivityExecutionContext.HasCurrent && Box.IsEnded(ActivityExecutionContext.Current.TemporalClient);

    /// <inheritdoc/>
    public override async Task OpenAsync()
    {
        TemporalBoxOptions options = new()
        {
            SkipsTime = true,
            SearchAttributes = ChangeNames.SearchAttributes.ToDictionary(name => name, _ => IndexedValueType.Keyword),
        };
        options.Limits.SuggestContinueAsNewAt = ContinueAsNewAt ?? options.Limits.SuggestContinueAsNewAt;
        _box = await TemporalBox.StartAsync(options);
        Client = await TemporalClient.ConnectAsync(new(_box.Address));
    }

    /// <inheritdoc/>
    public override async Task CloseAsync() => await Box.DisposeAsync();

    /// <inheritdoc/>
    public override TemporalWorkerOptions WorkerOptions(string queue)
    {
        TemporalWorkerOptions options = BoxConnection.WorkerOptions(queue);
        options.MaxCachedWorkflows = CachedRuns;
        return options;
    }

    /// <inheritdoc/>
    public override Task<T> ResultAsync<T>(WorkflowHandle handle) => Box.ResultAsync<T>(handle);

    /// <inheritdoc/>
    public override Task UntilAsync(Func<Task<bool>> isReached) => Box.Time.UntilAsync(isReached);

    /// <inheritdoc/>
    public override Task TogetherAsync(IReadOnlyCollection<Func<Task>> clients) => Box.Time.TogetherAsync(clients);

    /// <inheritdoc/>
    public override TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    /// <inheritdoc/>
    protected override Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) => Box.WaitAsync(duration, cancellationToken);
}
