using System.Text.Json.Serialization;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Tests.Inputs;

/// <summary>Fields of every kind that a procedure may have, on the command line and in a document.</summary>
public sealed class InputKindsTests
{
    private static readonly Kinds Whole = new()
    {
        Target = new ChangeTarget("lab"),
        Name = "kafka",
        Offset = 9_000_000_000,
        Share = 0.25,
        Eager = true,
        Part = RollComponent.Both,
        Tier = ChangeTier.T3,
        Wait = TimeSpan.FromMinutes(90),
        Last = TimeSpan.FromSeconds(0.5),
        At = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero),
        Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "kafka", ["team"] = "5" },
        Weights = new Dictionary<string, double> { ["a"] = 1.5 },
        Topics = ["audit", "metrics"],
        Ids = [1, 2],
        Racks = [new Rack("a", 3) { Nodes = ["n1", "n2"] }, new Rack("b")],
        Home = new Rack("z", 7),
    };

    [Fact]
    public void Assignments_OfEveryKind_AreRead() => AssertWhole(Read(
        "{}",
        "name=kafka",
        "offset=9000000000",
        "share=0.25",
        "eager=true",
        "part=both",
        "tier=t3",
        "wait=1h30m",
        "last=500ms",
        "at=2026-03-01T14:00:00Z",
        "labels.app.kubernetes.io/name=kafka",
        "labels.team=5",
        "weights={a: 1.5}",
        "topics=audit, metrics",
        "ids=[1, 2]",
        "racks=[{zone: a, count: 3, nodes: [n1, n2]}, {zone: b}]",
        "home.zone=z",
        "home.count=7"));

    [Theory]
    [InlineData("""
        name: kafka
        offset: 9000000000
        share: 0.25
        eager: true
        part: both
        tier: T3
        wait: 1h30m
        last: PT0.5S
        at: 2026-03-01T14:00:00Z
        labels: {app.kubernetes.io/name: kafka, team: 5}
        weights: {a: 1.5}
        topics: [audit, metrics]
        ids: [1, 2]
        racks:
          - {zone: a, count: 3, nodes: [n1, n2]}
          - zone: b
        home: {zone: z, count: 7}
        """)]
    [InlineData("""
        {"Name":"kafka","Offset":9000000000,"Share":0.25,"Eager":true,"Part":"Both","Tier":"T3","Wait":"PT1H30M",
         "Last":"PT0.5S","At":"2026-03-01T14:00:00Z",
        "Labels":{"app.kubernetes.io/name":"kafka","team":"5"},"Weights":{"a":1.5},"Topics":["audit","metrics"],"Ids":[1,2],
        "Racks":[{"Zone":"a","Count":3,"Nodes":["n1","n2"]},{"Zone":"b"}],"Home":{"Zone":"z","Count":7},"Self":null}
        """)]
    public void Document_OfEveryKind_IsRead(string document) => AssertWhole(Read(document));

    [Fact]
    public void CommandLine_GoesBeforeTheDocument_MemberByMember()
    {
        Kinds read = Read(
            "{name: a, labels: {x: 1, y: 2}, home: {zone: z, count: 7}, topics: [a, b]}",
            "labels.y=3", "home.count=8", "topics=c", "name=kafka");

        Assert.Equal(["x=1", "y=3"], read.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Equal(new Rack("z", 8), read.Home);
        Assert.Equal(["c"], read.Topics);
    }

    [Theory]
    [InlineData("{name: [a, b]}", "name must be text, not a list.")]
    [InlineData("{name: {a: b}}", "name must be text, not an object.")]
    [InlineData("{name: k, offset: 1.5}", "offset '1.5' must be a whole number.")]
    [InlineData(
        "{name: k, offset: 99999999999999999999}",
        "offset '99999999999999999999' must be a whole number of at most 9223372036854775807.")]
    [InlineData("{name: k, share: half}", "share 'half' must be a number.")]
    [InlineData("{name: k, share: 1e999}", "share '1e999' must be a number.")]
    [InlineData("{name: k, wait: -PT1M}", "wait '-PT1M' must be a duration such as 90s, 15m, 1h30m or PT15M.")]
    [InlineData("{name: k, at: noon}", "at 'noon' must be a time such as 2026-03-01T14:00:00Z.")]
    [InlineData("{name: k, tier: t9}", "tier 't9' must be one of t1, t2, t3.")]
    [InlineData("{name: k, ids: [1, x]}", "ids[1] 'x' must be a whole number.")]
    [InlineData("{name: k, topics: [a, [b]]}", "topics[1] must be text, not a list.")]
    [InlineData("{name: k, topics: [a, null]}", "topics[1] must be text, not null.")]
    [InlineData("{name: k, topics: {a: b}}", "topics must be a list separated by commas, not an object.")]
    [InlineData("{name: k, labels: [a]}", "labels must be names with values, each text, not a list.")]
    [InlineData("{name: k, labels: {a: [b]}}", "labels.a must be text, not a list.")]
    [InlineData("{name: k, weights: {a: x}}", "weights.a 'x' must be a number.")]
    [InlineData("{name: k, racks: a}", "racks 'a' must be a list in brackets, each an object: zone, count, nodes.")]
    [InlineData("{name: k, racks: [{zone: a, cuont: 3}]}", "There is no key 'racks[0].cuont'; did you mean racks[0].count?")]
    [InlineData("{name: k, racks: [{count: 3}]}", "racks[0].zone is missing: it must be text.")]
    [InlineData("{name: k, home: here}", "home 'here' must be an object: zone, count, nodes.")]
    [InlineData("{name: k, self: {name: b, self: {offset: x, name: c}}}", "self.self.offset 'x' must be a whole number.")]
    [InlineData("{}", "name is missing: it must be text.")]
    [InlineData("{name: k, Name: l}", "name is given more than once.")]
    [InlineData("{name: k, target: [a]}", "target must be an object: context, namespace, not a list.")]
    [InlineData("{name: k, target: {namespace: a}}", "target.context is missing: it must be text.")]
    [InlineData(
        "{name: k, change: yes}",
        "change 'yes' must be an object: request-id, reason, class, mode, tier-at-least, git, ticket, incident-id, not-before, "
            + "deadline, window-id, wait-for-gates, on-failure, expected-plan-hash, actor.")]
    public void Document_WithAWrongValue_NamesFieldValueAndRule(string document, string sentence) =>
        Assert.Equal([sentence], Faults(document));

    [Theory]
    [InlineData("nmae=k", "There is no key 'nmae'; did you mean name?")]
    [InlineData("home=k", "home 'k' must be an object: zone, count, nodes.")]
    [InlineData("home.zoen=k", "There is no key 'home.zoen'; did you mean home.zone?")]
    [InlineData("racks=[{zone: a", "racks '[{zone: a' cannot be read: While parsing a flow mapping, did not find expected ',' or '}'.")]
    [InlineData("change.reason=why", "There is no key 'change.reason'")]
    [InlineData("name.first=k", "There is no key 'name.first'; keys are name.")]
    [InlineData("ids=1,,x", "ids[1] 'x' must be a whole number.")]
    public void Assignment_ThatIsWrong_NamesFieldValueAndRule(string assignment, string sentence) =>
        Assert.StartsWith(sentence, Assert.Single(Faults("{name: k}", assignment)), StringComparison.Ordinal);

    private static void AssertWhole(Kinds read) => Assert.Equivalent(Whole with { Change = read.Change }, read, strict: true);

    private static Kinds Read(string document, params string[] assignments)
    {
        List<string> errors = [];
        object? read = ProcedureInput.Read(typeof(Kinds), "lab", InputDocument.Read(document), assignments, asked => asked, errors).Input;
        Assert.Empty(errors);
        return (Kinds)read!;
    }

    private static List<string> Faults(string document, params string[] assignments)
    {
        List<string> errors = [];
        string? target = document.Contains("target", StringComparison.Ordinal) ? null : "lab";
        ProcedureInput.Read(typeof(Kinds), target, InputDocument.Read(document), assignments, asked => asked, errors);
        return errors;
    }

    internal sealed record Rack(string Zone, int Count = 1)
    {
        public IReadOnlyList<string>? Nodes { get; init; }
    }

    internal sealed record Kinds
    {
        public ChangeTarget Target { get; init; } = new("");

        public ChangeRequest Change { get; init; } = new();

        public required string Name { get; init; }

        public long Offset { get; init; }

        public double Share { get; init; }

        public bool Eager { get; init; }

        public RollComponent Part { get; init; }

        public ChangeTier? Tier { get; init; }

        [JsonConverter(typeof(DurationJsonConverter))]
        public TimeSpan Wait { get; init; }

        public TimeSpan? Last { get; init; }

        public DateTimeOffset? At { get; init; }

        public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

        public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

        public IReadOnlyList<string> Topics { get; init; } = [];

        public IReadOnlyList<int> Ids { get; init; } = [];

        public IReadOnlyList<Rack> Racks { get; init; } = [];

        public Rack? Home { get; init; }

        public Kinds? Self { get; init; }
    }
}
