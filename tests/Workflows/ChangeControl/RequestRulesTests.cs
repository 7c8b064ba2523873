using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>The rules of the fields that every procedure is asked with.</summary>
public sealed class RequestRulesTests
{
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly ChangeRequest Good = new()
    {
        Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice",
    };
    private static readonly string LongName = new('a', 64);

    /// <summary>Requests that break no rule.</summary>
    public static TheoryData<ChangeRequest> GoodRequests =>
    [
        new ChangeRequest(),
        Good,
        Good with { RequestId = "pipeline_4711.retry-2", Reason = new string('x', 500) },
        Good with { Reason = "ten chars!" },
        Good with { Class = ChangeClass.Remediation, IncidentId = "INC-20261121-ABCD" },
        Good with { OnFailure = OnFailure.Undo, TierAtLeast = ChangeTier.T3, Ticket = "OPS-1" },
        Good with { OnFailure = OnFailure.Leave, ExpectedPlanHash = "abc" },
    ];

    /// <summary>A request and the one rule that it breaks.</summary>
    public static TheoryData<ChangeRequest, string> BadRequests => new()
    {
        { Good with { RequestId = "" }, "Change.RequestId '' must be 1–64 of letters, digits, '.', '_', '-'." },
        { Good with { RequestId = "a b" }, "Change.RequestId 'a b' must be" },
        { Good with { RequestId = "a\n" }, "Change.RequestId 'a\n' must be" },
        { Good with { RequestId = new string('a', 65) }, "Change.RequestId 'aaaa" },
        { Good with { Reason = null }, "Change.Reason is missing: to execute, say why in 10–500 characters." },
        { Good with { Reason = "too short" }, "Change.Reason has 9 characters; it must have 10–500." },
        { Good with { Reason = "    blanks    " }, "Change.Reason has 6 characters; it must have 10–500." },
        { Good with { Reason = new string('x', 501) }, "Change.Reason has 501 characters; it must have 10–500." },
        { new ChangeRequest { Reason = "short" }, "Change.Reason has 5 characters" },
        { Good with { Actor = null },
            "Change.Actor is missing: to execute, say who requests the change, since nobody may approve their own." },
        { Good with { Actor = "alice" }, "Change.Actor 'alice' must be 'unverified:' and a name; signed statements are not accepted yet." },
        { Good with { Actor = "unverified:" }, "Change.Actor 'unverified:' must be" },
        { Good with { Actor = "unverified:a b" }, "Change.Actor 'unverified:a b' has a space (U+0020)." },
        { Good with { Actor = "unverified:alice\n" }, "Change.Actor 'unverified:aliceU+000A' has a space (U+000A)." },
        {
            Good with { Class = ChangeClass.Remediation },
            "Change.IncidentId is missing: a change of class Remediation belongs to an incident."
        },
        { Good with { Mode = (ChangeMode)7 }, "Change.Mode '7' must be one of Plan, Execute." },
        { Good with { Class = (ChangeClass)7 }, "Change.Class '7' must be one of Feature, Reliability, Security, Remediation." },
        { Good with { TierAtLeast = (ChangeTier)7 }, "Change.TierAtLeast '7' must be one of T1, T2, T3." },
        { Good with { OnFailure = (OnFailure)7 }, "Change.OnFailure '7' must be one of Undo, Ask, Leave." },
        { Good with { NotBefore = DateTimeOffset.UnixEpoch.AddDays(1), Deadline = DateTimeOffset.UnixEpoch },
            "Change.NotBefore 1970-01-02 00:00:00Z is after Change.Deadline 1970-01-01 00:00:00Z." },
        { Good with { WindowId = "w1" }, "Change.WindowId is set, but this version does not act on it yet; leave it out." },
        { Good with { WaitForGates = true }, "Change.WaitForGates is set" },
        { Good with { Git = new GitReference("repo", "sha") }, "Change.Git is set" },
    };

    /// <summary>A target and the rule that it breaks; none where that is null.</summary>
    public static TheoryData<ChangeTarget, string?> Targets => new()
    {
        { new("lab"), null },
        { new("arn:aws:eks:eu-1:1_a@b", "confluent-2"), null },
        { new("lab", LongName[..63]), null },
        { new(""), "Target.Context '' is not a valid cluster name: use letters, digits, '.', '_', '-', ':', '@'." },
        { new(null!), "Target.Context '' is not a valid cluster name" },
        { new("../kubeconfig"), "Target.Context '../kubeconfig' is not a valid cluster name" },
        { new("lab\n"), "Target.Context 'lab\n' is not a valid cluster name" },
        { new("lab", ""), "Target.Namespace '' is not a valid namespace name: use lower-case letters, digits and '-', at most 63." },
        { new("lab", "Confluent"), "Target.Namespace 'Confluent' is not a valid namespace name" },
        { new("lab", "-a"), "Target.Namespace '-a' is not a valid namespace name" },
        { new("lab", "a\n"), "Target.Namespace 'a\n' is not a valid namespace name" },
        { new("lab", LongName), "Target.Namespace 'aaaa" },
    };

    [Theory]
    [MemberData(nameof(GoodRequests))]
    public void RequestRules_GoodRequest_BreaksNone(ChangeRequest request) => Assert.Empty(RequestRules.Check(Target, request));

    [Theory]
    [MemberData(nameof(BadRequests))]
    public void RequestRules_BadField_NamesFieldValueAndRule(ChangeRequest request, string fault) =>
        Assert.StartsWith(fault, Assert.Single(RequestRules.Check(Target, request)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Targets))]
    public void RequestRules_Target_IsANameAndNoPath(ChangeTarget target, string? fault)
    {
        IReadOnlyList<string> faults = RequestRules.Check(target, Good);

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, only => Assert.StartsWith(fault!, only, StringComparison.Ordinal));
    }

    [Fact]
    public void RequestRules_ManyBadFields_AreAllReportedAtOnce() => Assert.Equal(
        ["Target.Context", "Target.Namespace", "Change.RequestId", "Change.Reason", "Change.Actor", "Change.IncidentId", "Change.WindowId"],
        RequestRules.Check(
                new ChangeTarget("", ""),
                new ChangeRequest { Mode = ChangeMode.Execute, RequestId = "?", Class = ChangeClass.Remediation, WindowId = "w1" })
            .Select(fault => fault.Split(' ')[0]));
}
