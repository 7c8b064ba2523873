using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Converters;

public sealed class DataConverterTests
{
    private static readonly DataConverter Reversing = DataConverter.Default with { PayloadCodec = new ReversingCodec(null) };

    [Fact]
    public async Task Value_WithCodec_IsSentEncodedAndReadBack()
    {
        Payload payload = await Reversing.ToPayloadAsync("text");

        Assert.Equal("\"txet\"", payload.Data.ToStringUtf8());
        Assert.Equal("text", await Reversing.ToValueAsync<string>(payload));
        Assert.Equal("\"text\"", (await Reversing.DecodePayloadsAsync([payload])).Single().Data.ToStringUtf8());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task SingleValue_OfAnotherNumberOfPayloads_IsRefusedWithTheNumber(int count)
    {
        Payload[] payloads = [.. Enumerable.Repeat(await Reversing.ToPayloadAsync("x"), count)];

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => Reversing.ToSingleValueAsync<string>(payloads));

        Assert.Contains($"found {count}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_WithCodecAndEncodedAttributes_ShowsNothingAndIsReadBack()
    {
        DataConverter converter = Reversing with { FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes() };
        ApplicationFailureException cause = new("secret cause", details: ["secret detail"]);

        Failure failure = await converter.ToFailureAsync(new ApplicationFailureException("secret", cause, "Type"));

        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("Encoded failure", failure.Message);
        Exception read = await converter.ToExceptionAsync(failure);
        Assert.Equal(("secret", "secret cause"), (read.Message, read.InnerException!.Message));
        Assert.Equal("secret detail", Assert.IsType<ApplicationFailureException>(read.InnerException).Details.ElementAt<string>(0));
    }

    [Fact]
    public async Task ReceivedFailure_ThrownOn_IsEncodedAgainThroughAllItsCauses()
    {
        DataConverter converter = Reversing with { FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes() };
        Exception received = await converter.ToExceptionAsync(
            await converter.ToFailureAsync(new ApplicationFailureException("secret", new ApplicationFailureException("secret cause"))));

        Failure sent = await converter.ToFailureAsync(received);

        Assert.DoesNotContain("secret", sent.ToString(), StringComparison.Ordinal);
        Assert.Equal("secret cause", (await converter.ToExceptionAsync(sent)).InnerException!.Message);
    }

    [Fact]
    public async Task Context_OfAWorkflow_ReachesTheCodec()
    {
        DataConverter converter = Reversing.WithSerializationContext(new ISerializationContext.Workflow("ns", "roll-1"));

        Assert.Equal("roll-1", (await converter.ToPayloadAsync("x")).Metadata["workflow"].ToStringUtf8());
    }

    [Fact]
    public void Context_WithoutAnythingThatDependsOnIt_ChangesNothing() => Assert.Same(
        DataConverter.Default, DataConverter.Default.WithSerializationContext(new ISerializationContext.Workflow("ns", "roll-1")));

    /// <summary>Turns the data around, and writes down the workflow that it belongs to.</summary>
    private sealed class ReversingCodec(string? workflowId) : IPayloadCodec, IWithSerializationContext<IPayloadCodec>
    {
        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
            Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Reverse)]);

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => EncodeAsync(payloads);

        public IPayloadCodec WithSerializationContext(ISerializationContext context) =>
            new ReversingCodec(((ISerializationContext.IHasWorkflow)context).WorkflowId);

        private Payload Reverse(Payload payload)
        {
            Payload reversed = payload.Clone();
            reversed.Data = ByteString.CopyFrom([.. payload.Data.Reverse()]);
            if (workflowId is not null)
            {
                reversed.Metadata["workflow"] = ByteString.CopyFromUtf8(workflowId);
            }

            return reversed;
        }
    }
}
