using System.Text;
using Google.Protobuf;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Contracts;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Orchestrator.Workflows.Tests.ChangeControl.Inputs;

/// <summary>What is said of an input that cannot be read, or not wholly.</summary>
public sealed class InputReaderTests
{
    /// <summary>A raw input of a roll, and what is wrong with it.</summary>
    public static TheoryData<string, string[]> Rows => new()
    {
        { "null", ["The input is null; it must be an object with the fields"] },
        { "[]", ["The input is a list; it must be an object with the fields"] },
        { "\"hello\"", ["The input is 'hello'; it must be an object"] },
        { "7", ["The input is 7; it must be an object"] },
        { "", ["The input is not valid JSON, at line 1, byte 1"] },
        { "{", ["The input is not valid JSON"] },
        { "{\"Name\":\"a\",\"Name\":\"b\"}", ["The input is not valid JSON"] },
        { "\uFEFF{}", ["The input begins with a byte order mark"] },
        { new string('[', 100_000), ["The input is not valid JSON"] },
        { $"{{\"Name\":\"{new string('x', 200_000)}\"}}", ["The input has 200011 bytes; the limit is 131072."] },
        { "{\"Name\":123}", ["Name is 123; it must be text."] },
        { "{\"Name\":null}", ["Name is null; it must be text, or be left out."] },
        { "{\"Nmae\":\"kafka\"}", ["Nmae is unknown; did you mean Name?"] },
        { "{\"name\":\"kafka\"}", ["name is unknown; did you mean Name?"] },
        { "{\"Zebra\u202e\":1}", ["ZebraU+202E is unknown; the fields are"] },
        { "{\"Change\":{\"TierAtLeast\":\"T0\"}}", ["Change.TierAtLeast is 'T0'; it must be one of T1, T2, T3."] },
        { "{\"Change\":{\"TierAtLeast\":1}}", ["Change.TierAtLeast is 1; it must be one of T1, T2, T3."] },
        { "{\"Change\":{\"Mode\":\"1\"}}", ["Change.Mode is '1'; it must be one of Plan, Execute."] },
        { "{\"Change\":{\"Deadline\":\"soon\"}}", ["Change.Deadline is 'soon'; it must be a time such as"] },
        { "{\"Change\":[]}", ["Change is a list; it must be an object with the fields"] },
        { "{\"Cooldown\":\"soon\"}", ["Cooldown is 'soon'; it must be a duration such as PT30S."] },
        { "{\"Canary\":\"yes\"}", ["Canary is 'yes'; it must be true or false."] },
        {
            "{\"AcceptUnavailable\":[\"orders\",1,null]}",
            ["AcceptUnavailable[1] is 1; it must be text.", "AcceptUnavailable[2] is null; it must be text."]
        },
        { "{\"Limits\":{\"SteadySamples\":1.5}}", ["Limits.SteadySamples is 1.5; it must be a whole number."] },
        {
            "{\"Name\":1,\"Nmae\":2,\"Change\":{\"Mode\":\"Go\",\"Reason\":[]}}",
            ["Name is 1", "Nmae is unknown", "Change.Mode is 'Go'", "Change.Reason is a list; it must be text."]
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Input_ThatCannotBeRead_HasASentenceForEachField(string json, string[] sentences)
    {
        ReadInput<RollKafkaClusterInput> read = InputReader.Asked<RollKafkaClusterInput>(Raw(json));

        Assert.Equal(sentences.Length, read.Faults.Count);
        Assert.All(sentences.Zip(read.Faults), row => Assert.StartsWith(row.First, row.Second.Sentence, StringComparison.Ordinal));
        Assert.NotNull(read.Value);
        Assert.Equal(ReasonCodes.InputInvalid, read.Refusal!.Code);
    }

    [Fact]
    public void Input_WithOneBadField_KeepsTheOthers()
    {
        ReadInput<RollKafkaClusterInput> read = InputReader.Asked<RollKafkaClusterInput>(
            Raw("""{"Target":{"Context":"lab"},"Change":{"Actor":"unverified:alice","Mode":"Go"},"Name":"kafka"}"""));

        Assert.Equal(("lab", "unverified:alice", "kafka"), (read.Value!.Target.Context, read.Value.Change.Actor, read.Value.Name));
        Assert.Equal("Change.Mode", Assert.Single(read.Faults).Path);
    }

    [Fact]
    public void Input_AsItIsWritten_IsReadTheSame()
    {
        RollKafkaClusterInput input = new()
        {
            Target = new ChangeTarget("lab", "confluent"),
            Cooldown = TimeSpan.FromSeconds(45),
            AcceptUnavailable = ["orders"],
            Component = RollComponent.Both,
        };

        ReadInput<RollKafkaClusterInput> read = InputReader.Asked<RollKafkaClusterInput>(
            DataConverter.Default.PayloadConverter.ToRawValue(input));

        Assert.Empty(read.Faults);
        Assert.Equivalent(input, read.Value, strict: true);
    }

    [Fact]
    public void Records_OfThisVersionAndOfALaterOne_AreReadWithoutAFault()
    {
        foreach (object sample in ContractSamples.All)
        {
            IReadOnlyList<InputFault> faults = sample switch
            {
                RollKafkaClusterInput roll => InputReader.Asked<RollKafkaClusterInput>(Written(roll)).Faults,
                RestartKafkaBrokerInput restart => InputReader.Asked<RestartKafkaBrokerInput>(Written(restart)).Faults,
                Vote vote => InputReader.Asked<Vote>(Written(vote)).Faults,
                RevokedVote vote => InputReader.Asked<RevokedVote>(Written(vote)).Faults,
                ControlRequest control => InputReader.Asked<ControlRequest>(Written(control)).Faults,
                ApproveChangeInput approval => InputReader.Own<ApproveChangeInput>(Written(approval)).Faults,
                GuardInput guard => InputReader.Own<GuardInput>(Written(guard)).Faults,
                _ => [],
            };
            Assert.Empty(faults);
        }

        Assert.Empty(InputReader.Own<GuardInput>(Raw("""{"Guard":"cluster/lab","Epoch":3,"AddedLater":{"x":1}}""")).Faults);
        Assert.Single(InputReader.Own<GuardInput>(Raw("""{"Guard":"cluster/lab","Epoch":"three"}""")).Faults);

        IRawValue Written(object record) => DataConverter.Default.PayloadConverter.ToRawValue(record);
    }

    [Fact]
    public void Input_OfNoPayloadOrAnotherEncoding_IsRefused()
    {
        Assert.Equal("The input is missing.", InputReader.Asked<Vote>(null).Refusal!.Sentence);
        Assert.Equal("The input is null; it must be an object.", InputReader.Asked<Vote>(Raw("", "binary/null")).Refusal!.Sentence);
        Assert.Equal(
            "The input has the encoding 'binary/plain'; it must be 'json/plain'.",
            InputReader.Asked<Vote>(Raw("{}", "binary/plain")).Refusal!.Sentence);
    }

    [Theory]
    [InlineData("{}", "PlanHash is missing. Decision is missing. Actor is missing.")]
    [InlineData(
        """{"PlanHash":"h","Decision":null,"Actor":"unverified:bob"}""",
        "Decision is null; it must be one of Approve, Reject, or be left out.")]
    [InlineData(
        """{"PlanHash":"h","Decision":"Maybe","Actor":"unverified:bob"}""",
        "Decision is 'Maybe'; it must be one of Approve, Reject.")]
    [InlineData("""{"PlanHash":"h","Decision":7,"Actor":"unverified:bob"}""", "Decision is 7; it must be one of Approve, Reject.")]
    public void Vote_ThatCannotBeRead_IsRefusedWithTheReason(string json, string sentence) =>
        Assert.Equal(sentence, InputReader.Asked<Vote>(Raw(json)).Refusal!.Sentence);

    [Fact]
    public void Control_WithAnyEditedInput_IsReadAndRefusedByItsRule()
    {
        ReadInput<ControlRequest> read = InputReader.Asked<ControlRequest>(
            Raw("""{"Actor":"unverified:bob","EditedInput":[1,{"a":null}]}"""));

        Assert.Empty(read.Faults);
        Assert.NotNull(read.Value!.EditedInput);
    }

    private static RawValue Raw(string json, string encoding = "json/plain") => new(new Payload
    {
        Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(json)),
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8(encoding) },
    });
}
