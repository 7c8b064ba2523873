using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Inputs;

public sealed class ProcedureInputTests
{
    private static readonly ProcedureDescriptor Roll = ProcedureInput.Find("roll-kafka-cluster");
    private static readonly ChangeRequest Request = new()
    {
        Mode = ChangeMode.Execute,
        Reason = "monthly restart",
        Class = ChangeClass.Reliability,
    };

    [Fact]
    public void Input_WithoutAssignments_HasTheDefaultsOfTheRecord() =>
        Assert.Equivalent(
            new RollKafkaClusterInput { Target = new ChangeTarget("lab", "confluent"), Change = Request },
            Create("lab/confluent"),
            strict: true);

    [Fact]
    public void Input_WithAssignments_SetsFieldsOfEveryKind() =>
        Assert.Equivalent(
            new RollKafkaClusterInput
            {
                Target = new ChangeTarget("lab"),
                Change = Request,
                Name = "events=main",
                Component = RollComponent.Both,
                Cooldown = TimeSpan.FromSeconds(90),
                AcceptUnavailable = ["audit", "metrics"],
                AcceptQuorumLoss = true,
                Limits = new RollLimits { StallAfter = TimeSpan.FromMinutes(5), SteadySamples = 7 },
            },
            Create(
                "lab",
                "name=events=main",
                "component=both",
                "cooldown=1m30s",
                "accept-unavailable=audit, metrics",
                "acceptQuorumLoss=TRUE",
                "limits.stall-after=PT5M",
                "Limits.SteadySamples=7"),
            strict: true);

    [Fact]
    public void Input_WithManyFaults_NamesThemAllAtOnce()
    {
        SopException refused = Assert.Throws<SopException>(() => Create(
            "lab/confluent/kafka",
            "nmae=kafka",
            "colour=blue",
            "component=zookeeper",
            "cooldown=90",
            "accept-quorum-loss=yes",
            "limits.steady-samples=many",
            "kafka",
            "name=a",
            "name=b"));

        Assert.Equal(
            [
                "--target 'lab/confluent/kafka' must be context/namespace or just context.",
                "There is no key 'nmae'; did you mean name?",
                "There is no key 'colour'; keys are name, component, cooldown, accept-unavailable, accept-quorum-loss, canary, "
                    + "limits.stall-after, limits.pod-cap, limits.sync-cap, limits.pick-up-within, limits.breach-after, limits.poll-every, "
                    + "limits.steady-samples, limits.steady-every.",
                "'kafka' must be key=value.",
                "name is given more than once.",
                "component 'zookeeper' must be one of brokers, controllers, both.",
                "cooldown '90' must be a duration such as 90s, 15m, 1h30m or PT15M.",
                "accept-quorum-loss 'yes' must be true or false.",
                "limits.steady-samples 'many' must be a whole number.",
            ],
            refused.Sentences);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    [Theory]
    [InlineData("""
        {"Target":{"Context":"lab","Namespace":"confluent"},"Name":"events","Limits":{"StallAfter":"PT5M"},
         "AcceptUnavailable":["audit","metrics"],
         "Change":{"Mode":"Plan","Reason":"from the file","Ticket":"OPS-1","NotBefore":"2026-03-01T14:00:00Z"}}
        """)]
    [InlineData(
        "target: lab/confluent\nname: events\nlimits:\n  stallAfter: 5m\nacceptUnavailable: [audit, metrics]\n"
            + "change:\n  reason: from the file\n  ticket: OPS-1\n  not-before: 2026-03-01T14:00:00Z\n  git: null\n")]
    public void Input_OfADocument_IsTakenWhereTheCommandLineSaysNothing(string document)
    {
        (object input, ChangeTarget target, ChangeRequest request) = ProcedureInput.Create(
            Roll, null, InputDocument.Read(document), ["name=kafka"], written => written with { Mode = ChangeMode.Execute });

        Assert.Equal(new ChangeTarget("lab", "confluent"), target);
        Assert.Equal(
            new ChangeRequest
            {
                Mode = ChangeMode.Execute,
                Reason = "from the file",
                Ticket = "OPS-1",
                NotBefore = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero),
            },
            request);
        Assert.Equivalent(
            new RollKafkaClusterInput
            {
                Target = target,
                Change = request,
                Name = "kafka",
                AcceptUnavailable = ["audit", "metrics"],
                Limits = new RollLimits { StallAfter = TimeSpan.FromMinutes(5) },
            },
            input,
            strict: true);
    }

    [Fact]
    public void Input_OfAFaultyDocument_NamesTheFieldsWithTheirPath()
    {
        SopException refused = Assert.Throws<SopException>(() => ProcedureInput.Create(
            Roll, null, InputDocument.Read("{nmae: kafka, change: {reson: why, class: Great}}"), [], _ => Request with { Reason = null }));

        Assert.Equal(
            [
                "--target is missing: give context/namespace or just context.",
                "There is no key 'nmae'; did you mean name?",
                "There is no key 'change.reson'; did you mean change.reason?",
                "change.class 'Great' must be one of feature, reliability, security, remediation.",
                "--reason is missing: say why in 10-500 characters; approvers see it.",
            ],
            refused.Sentences);
    }

    [Theory]
    [InlineData("roll-kafka", "There is no procedure 'roll-kafka'; did you mean roll-kafka-cluster?")]
    [InlineData(
        "make-coffee",
        "There is no procedure 'make-coffee'; procedures are check-cluster-health, restart-kafka-broker, roll-kafka-cluster.")]
    public void Procedure_OfAnUnknownName_IsRefusedWithThoseThatAre(string name, string sentence)
    {
        SopException refused = Assert.Throws<SopException>(() => ProcedureInput.Find(name));

        Assert.Equal([sentence], refused.Sentences);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    private static object Create(string target, params string[] assignments) =>
        ProcedureInput.Create(Roll, target, [], assignments, _ => Request).Input;

    public static TheoryData<string> Names => [.. ProcedureCatalogue.All.Select(procedure => procedure.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void InputRecord_OfEveryProcedure_HasKeysForAllItsFields(string name)
    {
        ProcedureDescriptor procedure = ProcedureInput.Find(name);
        int Leaves(Type type) => JsonSerializerOptions.Default.GetTypeInfo(type).Properties.Sum(property =>
            property.PropertyType == typeof(ChangeTarget) || property.PropertyType == typeof(ChangeRequest) ? 0
            : property.PropertyType.Namespace!.StartsWith("Orchestrator", StringComparison.Ordinal) && !property.PropertyType.IsEnum
                ? Leaves(property.PropertyType)
            : 1);

        Assert.Equal(Leaves(procedure.InputType), ProcedureInput.Keys(procedure).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void InputExample_OfEveryProcedure_IsValidAgainstTheSchemaAndReadByTheWorkflow(string name)
    {
        ProcedureDescriptor procedure = ProcedureInput.Find(name);
        JsonNode example = ProcedureInput.Example(procedure);

        Assert.Empty(InputFaults.Find(WithoutNulls(example.DeepClone().AsObject()), InputSchema.Of(procedure.InputType)));
        Assert.Equal(
            example.ToJsonString(),
            JsonSerializer.SerializeToNode(example.Deserialize(procedure.InputType), procedure.InputType)!.ToJsonString());
    }

    private static JsonObject WithoutNulls(JsonObject record)
    {
        foreach ((string name, JsonNode? value) in record.ToList())
        {
            if (value is null)
            {
                record.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                WithoutNulls(inner);
            }
        }

        return record;
    }

    [Theory]
    [InlineData("lab", "lab", null)]
    [InlineData("lab/confluent", "lab", "confluent")]
    public void Target_OfContextAndNamespace_IsRead(string text, string context, string? @namespace) =>
        Assert.Equal(new ChangeTarget(context, @namespace), TargetText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("lab/")]
    [InlineData("/confluent")]
    [InlineData("lab/confluent/kafka")]
    public void Target_WithEmptyOrTooManyParts_IsNone(string text) => Assert.Null(TargetText.Read(text));
}
