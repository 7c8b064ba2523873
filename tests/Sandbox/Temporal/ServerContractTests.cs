using Orchestrator.Lab.Servers;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>The contract, on a real server.</summary>
[Trait("Category", "Lab")]
public sealed class ServerContractTests(ServerContractTests.Server server) : TemporalContract, IClassFixture<ServerContractTests.Server>
{
    [LabFact]
    public Task Completed_AndStartedAgain_FollowsTheReusePolicy() => CompletedAndStartedAgainFollowsTheReusePolicyAsync();

    [LabFact]
    public Task Started_WhileOneIsOpen_IsRefusedOrIsThatOne() => StartedWhileOneIsOpenIsRefusedOrIsThatOneAsync();

    [LabFact]
    public Task Activity_ThatFailsTwice_IsTriedAgainAndLeavesNoEventOfItsFailures() =>
        ActivityThatFailsTwiceIsTriedAgainAndLeavesNoEventOfItsFailuresAsync();

    [LabFact]
    public Task Messages_OfEachKind_AreAnsweredInTheirOrder() => MessagesOfEachKindAreAnsweredInTheirOrderAsync();

    [LabFact]
    public Task Child_EndsAsItDoes_AndSoDoesItsParent() => ChildEndsAsItDoesAndSoDoesItsParentAsync();

    [LabFact]
    public Task Run_TerminatedWithAnOpenChild_TakesItAlong() => RunTerminatedWithAnOpenChildTakesItAlongAsync();

    [LabFact]
    public Task Run_Cancelled_EndsSo() => RunCancelledEndsSoAsync();

    [LabFact]
    public Task Run_ContinuedAsNew_IsFollowedToItsEnd() => RunContinuedAsNewIsFollowedToItsEndAsync();

    [LabFact]
    public Task Run_ListedByQuery_IsFoundOnceItIsVisible() => RunListedByQueryIsFoundOnceItIsVisibleAsync();

    [LabFact]
    public Task Worker_Replaced_GoesOnWhereTheOtherWas() => WorkerReplacedGoesOnWhereTheOtherWasAsync();

    [LabFact]
    public Task Run_ResetWithAnOpenChild_LeavesItRunning() => RunResetWithAnOpenChildLeavesItRunningAsync();

    [LabFact]
    public Task Schedule_TriggeredAndPaused_StartsOnce() => ScheduleTriggeredAndPausedStartsOnceAsync();

    protected override async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(server.Address));

    /// <summary>One server for all of them.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private LabServers? _servers;

        public string Address => _servers!.TemporalAddress;

        public async Task InitializeAsync() =>
            _servers = LabTools.Folder is null ? null : await LabServers.StartAsync(new Dictionary<string, string>(), "temporal");

        public async Task DisposeAsync()
        {
            if (_servers is not null)
            {
                await _servers.DisposeAsync();
            }
        }
    }
}
