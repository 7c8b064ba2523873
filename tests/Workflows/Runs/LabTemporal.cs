using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>One real Temporal server, which knows the search attributes, for all classes of the collection.</summary>
public sealed class TemporalLab : IAsyncLifetime
{
    public const string Collection = "Temporal with the search attributes of changes";

    private LabServers? _servers;

    /// <summary>What makes a server know the search attributes.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["TEMPORAL_ARGS"] = string.Join(' ', ChangeNames.SearchAttributes.Select(name => $"--search-attribute {name}=Keyword")),
    };

    public ITemporalClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Without the lab every test of the collection is skipped.
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync(Variables, "temporal");
        Client = await TemporalClient.ConnectAsync(new(_servers.TemporalAddress));
        ListSearchAttributesResponse known =
            await Client.OperatorService.ListSearchAttributesAsync(new ListSearchAttributesRequest { Namespace = "default" });
        Assert.All(ChangeNames.SearchAttributes, name => Assert.Equal(IndexedValueType.Keyword, known.CustomAttributes[name]));
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<TemporalLab>;
}
