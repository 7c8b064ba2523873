using System.Reflection;
using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Activities;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tests.Contracts;

/// <summary>What crosses a boundary, as the converter of the SDK writes and reads it.</summary>
public sealed class JsonContractTests
{
    private static readonly IPayloadConverter Converter = DataConverter.Default.PayloadConverter;

    /// <summary>The types of <see cref="ContractSamples"/>.</summary>
    public static TheoryData<Type> Types => [.. ContractSamples.All.Select(sample => sample.GetType())];

    [Theory]
    [MemberData(nameof(Types))]
    public void Record_WrittenAndRead_IsTheSame(Type type)
    {
        string written = Write(ContractSamples.All.Single(sample => sample.GetType() == type));
        string again = Write(Read(written, type)!);

        Assert.Equal(written, again);
        Assert.DoesNotContain(":null", written, StringComparison.Ordinal);
        Assert.DoesNotContain(":[]", written, StringComparison.Ordinal);
    }

    [Fact]
    public void ContractSamples_RecordsOfWorkflowsAndActivities_AreAllThere() => Assert.Equal(
        typeof(ChangeNames).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(IsBoundary)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(Result(method.ReturnType)))
            // What the frame registers at run time, signals, and what workflows read by themselves.
            .Concat([typeof(ChangeStatus), typeof(ControlRequest), typeof(ControlAnswer), typeof(LockGrant), typeof(LockRevocation)])
            .Concat(
            [
                .. ProcedureCatalogue.All.Select(procedure => procedure.InputType), typeof(ApproveChangeInput),
                typeof(AskPersonInput), typeof(TaskAnswer), typeof(Vote), typeof(RevokedVote),
                typeof(GuardInput), typeof(SuperviseCrRollInput),
            ])
            .Where(type => type != typeof(Task) && type != typeof(IRawValue))
            .Distinct().Select(type => type.Name).Order(),
        ContractSamples.All.Select(sample => sample.GetType().Name).Order());

    [Fact]
    public void RollInput_Written_HasIsoDurationsAndNames() => Assert.Equal(
        """
        {"Target":{"Context":"lab","Namespace":"confluent"},
        "Change":{"RequestId":"request","Reason":"monthly restart","Class":"Remediation","Mode":"Execute","TierAtLeast":"T3",
        "Git":{"Repo":"repo","Sha":"sha","PullRequest":"pr"},"Ticket":"OPS-1","IncidentId":"INC-1",
        "NotBefore":"2026-11-21T12:00:00.123+00:00","Deadline":"2026-11-21T12:00:00.123+00:00","WindowId":"window","WaitForGates":true,
        "OnFailure":"Leave","ExpectedPlanHash":"hash","Actor":"unverified:alice"},
        "Name":"other","Component":"Both","Cooldown":"PT45S","AcceptUnavailable":["orders"],"AcceptQuorumLoss":true,"Canary":false,
        "Limits":{"StallAfter":"PT1M","PodCap":"PT3H","SyncCap":"P1DT12H","PickUpWithin":"PT1M30S","BreachAfter":"PT5S",
        "PollEvery":"PT1.5S","SteadySamples":7,"SteadyEvery":"PT9S"}}
        """.ReplaceLineEndings(""),
        Write(ContractSamples.All.OfType<RollKafkaClusterInput>().Single()));

    /// <summary>What the page of the procedure documents as defaults.</summary>
    [Fact]
    public void RollInput_WithTheTargetAlone_HasTheDefaults()
    {
        RollKafkaClusterInput input = (RollKafkaClusterInput)Read("""{"Target":{"Context":"lab"}}""", typeof(RollKafkaClusterInput))!;

        Assert.Equal(new ChangeTarget("lab"), input.Target);
        Assert.Equal(new ChangeRequest(), input.Change);
        Assert.Equal(ChangeMode.Plan, input.Change.Mode);
        Assert.Equal(ChangeClass.Feature, input.Change.Class);
        Assert.Equal("kafka", input.Name);
        Assert.Equal(RollComponent.Brokers, input.Component);
        Assert.Equal(TimeSpan.FromSeconds(30), input.Cooldown);
        Assert.Empty(input.AcceptUnavailable);
        Assert.False(input.AcceptQuorumLoss);
        Assert.True(input.Canary);
        Assert.Equal(
            """
            {"StallAfter":"PT15M","PodCap":"PT2H","SyncCap":"PT6H","PickUpWithin":"PT5M","BreachAfter":"PT1M","PollEvery":"PT10S",
            "SteadySamples":3,"SteadyEvery":"PT20S"}
            """.ReplaceLineEndings(""),
            Write(input.Limits));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Target":null,"Change":{}}""")]
    [InlineData("""{"Target":{}}""")]
    public void RollInput_WithoutATarget_IsReadSoThatItsRulesCanSaySo(string json)
    {
        RollKafkaClusterInput input = (RollKafkaClusterInput)Read(json, typeof(RollKafkaClusterInput))!;

        Assert.StartsWith(
            "Target.Context '' is not a valid cluster name",
            Assert.Single(RequestRules.Check(input.Target ?? new ChangeTarget(""), input.Change)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void RollInput_LimitsInPart_KeepTheOtherDefaults()
    {
        RollKafkaClusterInput input = (RollKafkaClusterInput)Read(
            """{"Target":{"Context":"lab"},"Component":"Controllers","Limits":{"StallAfter":"PT5M"}}""", typeof(RollKafkaClusterInput))!;

        Assert.Equal(RollComponent.Controllers, input.Component);
        Assert.Equal(new RollLimits { StallAfter = TimeSpan.FromMinutes(5) }, input.Limits);
    }

    /// <summary>An absent decision would otherwise read as the first one there is: yes.</summary>
    [Theory]
    [InlineData("""{"PlanHash":"hash","Actor":"unverified:bob"}""")]
    [InlineData("""{"Decision":"Approve","Actor":"unverified:bob"}""")]
    [InlineData("""{"PlanHash":"hash","Decision":"Approve"}""")]
    [InlineData("""{"PlanHash":"hash","Decision":"Maybe","Actor":"unverified:bob"}""")]
    public void Vote_WithoutPlanDecisionOrActor_IsNotRead(string json) => Assert.Throws<JsonException>(() => Read(json, typeof(Vote)));

    /// <summary>What earlier versions wrote must stay readable: members that came later have a default.</summary>
    [Fact]
    public void Records_WithoutMembersThatCameLater_AreRead()
    {
        PodRoll pod = (PodRoll)Read("""{"Name":"kafka-2","OldUid":"a"}""", typeof(PodRoll))!;
        Assert.Equal(new PodRoll("kafka-2", "a"), pod);

        RollProgress progress = (RollProgress)Read(
            """
            {"TriggeredAt":"2026-11-21T12:00:00+00:00","TriggerGeneration":5,"BaselineRevision":"r1","Pods":[],
            "MilestoneAt":"2026-11-21T12:00:00+00:00","MovedAt":"2026-11-21T12:00:00+00:00"}
            """,
            typeof(RollProgress))!;
        Assert.Empty(progress.SeenStates);
        Assert.Null(progress.LowestUnderReplicated);
    }

    private static bool IsBoundary(MethodInfo method) =>
        method.IsDefined(typeof(ActivityAttribute)) || method.IsDefined(typeof(WorkflowRunAttribute))
        || method.IsDefined(typeof(WorkflowUpdateAttribute)) || method.IsDefined(typeof(WorkflowQueryAttribute));

    private static Type Result(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) ? type.GetGenericArguments()[0] : type;

    private static string Write(object value) => Converter.ToPayload(value).Data.ToStringUtf8();

    private static object? Read(string json, Type type)
    {
        Temporalio.Api.Common.V1.Payload payload = Converter.ToPayload(new { });
        payload.Data = Google.Protobuf.ByteString.CopyFromUtf8(json);
        return Converter.ToValue(payload, type);
    }
}
