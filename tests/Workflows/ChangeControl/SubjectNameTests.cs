using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Tests.ChangeControl.Approvals;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>Whose name is whose, and which are none.</summary>
public sealed class SubjectNameTests
{
    [Theory]
    [InlineData("alice")]
    [InlineData("Alice.O'Neil-2@example.com")]
    [InlineData("CORP\\alice")]
    [InlineData("zoë")]
    [InlineData("Анна")]
    [InlineData("анна@example.com")]
    [InlineData("王芳")]
    [InlineData("たなか太郎")]
    [InlineData("한수")]
    [InlineData("Γιάννης")]
    [InlineData("יוסי")]
    public void Name_OfAPerson_IsOne(string name) => Assert.Null(SubjectName.Fault(name));

    [Theory]
    [InlineData("", "has 0 characters")]
    [InlineData(" alice", "has a space (U+0020)")]
    [InlineData("alice smith", "has a space (U+0020)")]
    [InlineData("alice\u00a0", "has a space (U+00A0)")]
    [InlineData("alice\n", "has a space (U+000A)")]
    [InlineData("alice\u001b[2J", "has the control character U+001B")]
    [InlineData("alice\u202e", "has the invisible character U+202E")]
    [InlineData("al\u200bice", "has the invisible character U+200B")]
    [InlineData("al\u00adice", "has the invisible character U+00AD")]
    [InlineData("alice\ufeff", "has the invisible character U+FEFF")]
    [InlineData("alice\ufe0f", "has the invisible character U+FE0F")]
    [InlineData("alice\u3164", "has the invisible character U+3164")]
    [InlineData("ali:ce", "has a ':'")]
    [InlineData("\uff41lice", "has the character U+FF41")]
    [InlineData("\u01c9ubo", "is only a variant of plain letters")]
    [InlineData("zoe\u0308", "has the combining mark U+0308")]
    [InlineData("al\u0456ce", "mixes Latin and Cyrillic letters")]
    [InlineData("\u03b1lice", "mixes Latin and Greek letters")]
    [InlineData("\u0441\u043e\u0440\u0435", "is written in Cyrillic letters that all look like Latin ones")]
    [InlineData("\u0251lice", "has the character U+0251")]
    [InlineData("alice\u2603", "has the character U+2603")]
    public void Name_ThatAnotherCanBeTakenFor_IsRefusedWithTheReason(string name, string reason)
    {
        string fault = SubjectName.Fault(name)!;

        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(fault, char.IsControl);
        Assert.False(Actor.IsUnverified($"unverified:{name}"));
    }

    [Fact]
    public void Name_WithHalfACharacter_IsRefused() =>
        Assert.Equal("is not well-formed Unicode", SubjectName.Fault($"ali{(char)0xD800}ce"));

    [Theory]
    [InlineData("unverified:alice", "alice", true)]
    [InlineData("unverified:alice", "unverified:ALICE", true)]
    [InlineData("zo\u00eb", "unverified:ZO\u00cb", true)]
    [InlineData("\u0430\u043d\u043d\u0430", "\u0410\u041d\u041d\u0410", true)]
    [InlineData("unverified:alice", "unverified:alicia", false)]
    [InlineData(null, null, false)]
    public void Actors_HoweverSpelled_AreOnePersonOrTwo(string? a, string? b, bool same) => Assert.Equal(same, Actor.Same(a, b));

    [Fact]
    public void Shown_OfATextFromOthers_HidesNothing() =>
        Assert.Equal("aU+202EbU+001B[2Jc d:e", SubjectName.Shown("a\u202eb\u001b[2Jc d:e"));

    [Fact]
    public void Ballot_OfARequesterInOtherSpelling_IsHerOwnChange() => Assert.Equal(
        VoteRefusals.VoterIsRequester, Ballots.Open(("team-lead", 1)).Refuse(Ballots.Yes("ALICE"), Ballots.Noon)!.Code);

    [Fact]
    public void Ballot_OfOnePersonInTwoSpellings_CountsHerOnce() => Assert.Equal(
        [VoteRefusals.VoterAlreadyVoted], Ballots.Open(("team-lead", 2)).Cast(Ballots.Yes("bob"), Ballots.Yes("Bob")));

    [Fact]
    public void Roles_OfAPersonInOtherSpelling_AreHers()
    {
        Assert.Equal(["peer", "team-lead"], Ballots.Roles.Of("BOB"));
        Assert.Equal(1, new VoterRoles([], [new("bob", ["cab"]), new("Bob", ["cab"])]).PeopleIn("cab"));
    }
}
