using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>The contract, on the server in the box.</summary>
public sealed class BoxContractTests : TemporalContract, IAsyncLifetime
{
    private TemporalBox _box = null!;

    public async Task InitializeAsync() => _box = await TemporalBox.StartAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public Task Completed_AndStartedAgain_FollowsTheReusePolicy() => CompletedAndStartedAgainFollowsTheReusePolicyAsync();

    [Fact]
    public Task Started_WhileOneIsOpen_IsRefusedOrIsThatOne() => StartedWhileOneIsOpenIsRefusedOrIsThatOneAsync();

    [Fact]
    public Task Activity_ThatFailsTwice_IsTriedAgainAndLeavesNoEventOfItsFailures() =>
        ActivityThatFailsTwiceIsTriedAgainAndLeavesNoEventOfItsFailuresAsync();

    [Fact]
    public Task Messages_OfEachKind_AreAnsweredInTheirOrder() => MessagesOfEachKindAreAnsweredInTheirOrderAsync();

    [Fact]
    public Task Child_EndsAsItDoes_AndSoDoesItsParent() => ChildEndsAsItDoesAndSoDoesItsParentAsync();

    [Fact]
    public Task Run_TerminatedWithAnOpenChild_TakesItAlong() => RunTerminatedWithAnOpenChildTakesItAlongAsync();

    [Fact]
    public Task Run_Cancelled_EndsSo() => RunCancelledEndsSoAsync();

    [Fact]
    public Task Run_ContinuedAsNew_IsFollowedToItsEnd() => RunContinuedAsNewIsFollowedToItsEndAsync();

    [Fact]
    public Task Run_ListedByQuery_IsFoundOnceItIsVisible() => RunListedByQueryIsFoundOnceItIsVisibleAsync();

    [Fact]
    public Task Worker_Replaced_GoesOnWhereTheOtherWas() => WorkerReplacedGoesOnWhereTheOtherWasAsync();

    [Fact]
    public Task Run_ResetWithAnOpenChild_LeavesItRunning() => RunResetWithAnOpenChildLeavesItRunningAsync();

    [Fact]
    public Task Schedule_TriggeredAndPaused_StartsOnce() => ScheduleTriggeredAndPausedStartsOnceAsync();

    protected override async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_box.Address));
}
