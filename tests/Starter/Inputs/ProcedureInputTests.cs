using System.Text.Json;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.KafkaRoll;

namespace Orchestrator.Starter.Tests.Inputs;

public sealed class ProcedureInputTests
{
    private static readonly ProcedureDescriptor Roll = ProcedureInput.Find("roll-kafka-cluster");
    private static readonly ChangeRequest Request = new() { Mode = ChangeMode.Execute, Reason = "monthly restart", Class = ChangeClass.Reliability };

    [Fact]
    public void Input_WithoutAssignments_HasTheDefaultsOfTheRecord() =>
        Assert.Equivalent(
            new RollKafkaClusterInput { Target = new ChangeTarget("lab", "confluent"), Change = Request },
            ProcedureInput.Create(Roll, "lab/confluent", [], Request),
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
            ProcedureInput.Create(
                Roll,
                "lab",
                [
                    "name=events=main", "component=both", "cooldown=1m30s", "accept-unavailable=audit, metrics", "acceptQuorumLoss=TRUE",
                    "limits.stall-after=PT5M", "Limits.SteadySamples=7",
                ],
                Request),
            strict: true);

    [Fact]
    public void Input_WithManyFaults_NamesThemAllAtOnce()
    {
        SopException refused = Assert.Throws<SopException>(() => ProcedureInput.Create(
            Roll,
            "lab/confluent/kafka",
            ["nmae=kafka", "colour=blue", "component=zookeeper", "cooldown=90", "accept-quorum-loss=yes", "limits.steady-samples=many", "kafka", "name=a", "name=b"],
            Request));

        Assert.Equal(
            [
                "--target 'lab/confluent/kafka' must be context/namespace, or context alone.",
                "There is no key 'nmae'; did you mean name?",
                "There is no key 'colour'; keys are name, component, cooldown, accept-unavailable, accept-quorum-loss, limits.stall-after, limits.pod-cap, "
                + "limits.sync-cap, limits.pick-up-within, limits.breach-after, limits.poll-every, limits.steady-samples, limits.steady-every.",
                "component 'zookeeper' must be one of brokers, controllers, both.",
                "cooldown '90' must be a duration such as 90s, 15m, 1h30m or PT15M.",
                "accept-quorum-loss 'yes' must be true or false.",
                "limits.steady-samples 'many' must be a whole number.",
                "'kafka' must be key=value.",
                "name is given more than once.",
            ],
            refused.Sentences);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    [Theory]
    [InlineData("roll-kafka", "There is no procedure 'roll-kafka'; did you mean roll-kafka-cluster?")]
    [InlineData("make-coffee", "There is no procedure 'make-coffee'; procedures are roll-kafka-cluster.")]
    public void Procedure_OfAnUnknownName_IsRefusedWithThoseThatAre(string name, string sentence)
    {
        SopException refused = Assert.Throws<SopException>(() => ProcedureInput.Find(name));

        Assert.Equal([sentence], refused.Sentences);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    public static TheoryData<string> Names => [.. Procedures.All.Select(procedure => procedure.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void InputRecord_OfEveryProcedure_HasKeysForAllItsFields(string name)
    {
        ProcedureDescriptor procedure = ProcedureInput.Find(name);
        int Leaves(Type type) => JsonSerializerOptions.Default.GetTypeInfo(type).Properties.Sum(property =>
            property.PropertyType == typeof(ChangeTarget) || property.PropertyType == typeof(ChangeRequest) ? 0
            : property.PropertyType.Namespace!.StartsWith("Orchestrator", StringComparison.Ordinal) && !property.PropertyType.IsEnum ? Leaves(property.PropertyType)
            : 1);

        Assert.Equal(Leaves(procedure.InputType), InputField.Of(procedure.InputType).Select(field => field.Key).Distinct().Count());
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
