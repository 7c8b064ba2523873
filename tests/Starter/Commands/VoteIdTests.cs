using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Starter.Tests.Commands;

/// <summary>The id of a vote's update: the server answers one that it has seen before with the old answer.</summary>
public sealed class VoteIdTests
{
    private static readonly Vote Yes = new("", VoteDecision.Approve, "unverified:bob");
    private static readonly CastVote Cast = Samples.Granted.Votes[0];

    [Fact]
    public void Vote_SentTwice_HasOneId() =>
        Assert.Equal(VoteCommand.UpdateId(Yes, Samples.Hash, Samples.Waiting), VoteCommand.UpdateId(Yes, Samples.Hash, null));

    [Fact]
    public void Vote_AfterARevocation_IsAnotherVote()
    {
        string first = VoteCommand.UpdateId(Yes, Samples.Hash, Samples.Waiting);
        string second = VoteCommand.UpdateId(Yes, Samples.Hash, Samples.Waiting with { Revoked = [Cast] });
        string third = VoteCommand.UpdateId(
            Yes, Samples.Hash, Samples.Waiting with { Revoked = [Cast, Cast with { Voter = "unverified:Bob" }] });

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public void Vote_AfterARevocationOfSomebodyElse_IsTheSameVote() => Assert.Equal(
        VoteCommand.UpdateId(Yes, Samples.Hash, Samples.Waiting),
        VoteCommand.UpdateId(Yes, Samples.Hash, Samples.Waiting with { Revoked = [Cast with { Voter = "unverified:carol" }] }));
}
