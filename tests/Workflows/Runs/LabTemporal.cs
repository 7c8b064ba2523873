using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// A real Temporal server, which knows the search attributes, for all classes of the collection: the one at <c>TEMPORAL_ADDRESS</c>, in the
/// namespace <c>TEMPORAL_NAMESPACE</c>, else the lab's. Each test has ids and a task queue of its own.
/// </summary>
public class LabTemporal : RunServer, IAsyncLifetime
{
    public const string Collection = "Temporal with the search attributes of changes";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly string? Address = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS") is { Length: > 0 } set ? set : null;

    private readonly string? _address = Address;
    private readonly IReadOnlyDictionary<string, string> _variables = Attributes;
    private LabServers? _servers;

    /// <summary>The server of the collection.</summary>
    public LabTemporal()
    {
    }

    /// <summary>A server of the lab's in any case, with more arguments.</summary>
    protected LabTemporal(string arguments)
    {
        _address = null;
        _variables = new Dictionary<string, string> { ["TEMPORAL_ARGS"] = $"{Attributes["TEMPORAL_ARGS"]} {arguments}" };
    }

    private LabTemporal(ITemporalClient client, int cachedRuns) => (Client, CachedRuns) = (client, cachedRuns);

    /// <summary>What makes a server know the search attributes.</summary>
    public static IReadOnlyDictionary<string, string> Attributes { get; } = new Dictionary<string, string>
    {
        ["TEMPORAL_ARGS"] = string.Join(' ', ChangeNames.SearchAttributes.Select(name => $"--search-attribute {name}=Keyword")),
    };

    /// <summary>A server that the test has made itself.</summary>
    public static LabTemporal Of(ITemporalClient client, int cachedRuns) => new(client, cachedRuns);

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => Address is null && LabTools.Folder is null ? LabTools.MissingReason : null;

    /// <inheritdoc/>
    public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Without a server every test is skipped.
        if (_address is null && LabTools.Folder is null)
        {
            return;
        }

        _servers = _address is null ? await LabServers.StartAsync(_variables, "temporal") : null;
        string space = Environment.GetEnvironmentVariable("TEMPORAL_NAMESPACE") is { Length: > 0 } named ? named : "default";
        Client = await TemporalClient.ConnectAsync(new(_address ?? _servers!.TemporalAddress) { Namespace = space });
        await RegisterAsync(space);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public override Task OpenAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task CloseAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public override TemporalWorkerOptions WorkerOptions(string queue) =>
        new(queue) { MaxCachedWorkflows = CachedRuns, MaxHeartbeatThrottleInterval = Look };

    /// <inheritdoc/>
    public override Task<T> ResultAsync<T>(WorkflowHandle handle) => handle.GetResultAsync<T>().WaitAsync(Limit);

    /// <inheritdoc/>
    public override async Task UntilAsync(Func<Task<bool>> isReached)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!await isReached())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Limit)
            {
                throw new TimeoutException($"The condition has not come true in {Limit}.");
            }

            await Task.Delay(Look);
        }
    }

    /// <inheritdoc/>
    public override Task TogetherAsync(IReadOnlyCollection<Func<Task>> clients) => Task.WhenAll(clients.Select(client => client()));

    /// <inheritdoc/>
    public override TimeSpan Minutes(int minutes) => TimeSpan.FromSeconds(minutes);

    /// <inheritdoc/>
    protected override Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Task.Delay(duration < Look ? duration : Look, TimeProvider.System, cancellationToken);

    private async Task RegisterAsync(string space)
    {
        ListSearchAttributesResponse known =
            await Client.OperatorService.ListSearchAttributesAsync(new ListSearchAttributesRequest { Namespace = space });
        AddSearchAttributesRequest request = new() { Namespace = space };
        foreach (string name in ChangeNames.SearchAttributes.Where(name => !known.CustomAttributes.ContainsKey(name)))
        {
            request.SearchAttributes[name] = IndexedValueType.Keyword;
        }

        if (request.SearchAttributes.Count > 0)
        {
            await Client.OperatorService.AddSearchAttributesAsync(request);
        }
    }

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<LabTemporal>;
}
