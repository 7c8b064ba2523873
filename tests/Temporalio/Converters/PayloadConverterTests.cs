using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Tests.Converters;

public sealed class PayloadConverterTests
{
    private static readonly IPayloadConverter Converter = DataConverter.Default.PayloadConverter;

    public static TheoryData<object?, string, string> Values => new()
    {
        { null, "binary/null", string.Empty },
        { new byte[] { 1, 2, 3 }, "binary/plain", "\u0001\u0002\u0003" },
        { "text", "json/plain", "\"text\"" },
        { 42, "json/plain", "42" },
        { 1.5, "json/plain", "1.5" },
        { true, "json/plain", "true" },
        { TimeSpan.FromSeconds(90), "json/plain", "\"00:01:30\"" },
        { new DateTime(2026, 8, 1, 2, 3, 4, DateTimeKind.Utc), "json/plain", "\"2026-08-01T02:03:04Z\"" },
        { new[] { "a", "b" }, "json/plain", "[\"a\",\"b\"]" },
        { new Broker("kafka-0", 3), "json/plain", "{\"PodName\":\"kafka-0\",\"Id\":3}" },
        { new WorkflowType { Name = "Roll" }, "json/protobuf", "{ \"name\": \"Roll\" }" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_Converted_HasTheseBytes(object? value, string encoding, string data)
    {
        Payload payload = Converter.ToPayload(value);

        Assert.Equal((encoding, data), (payload.Metadata["encoding"].ToStringUtf8(), payload.Data.ToStringUtf8()));
        Assert.Equal(value, Converter.ToValue(payload, value?.GetType() ?? typeof(string)));
    }

    [Fact]
    public void ProtobufMessage_Converted_NamesItsType() =>
        Assert.Equal("temporal.api.common.v1.WorkflowType", Converter.ToPayload(new WorkflowType()).Metadata["messageType"].ToStringUtf8());

    [Fact]
    public void ProtobufBytesOfAnotherSdk_Read_GiveTheMessage()
    {
        Payload payload = new() { Data = new WorkflowType { Name = "Roll" }.ToByteString() };
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("binary/protobuf");

        Assert.Equal(new WorkflowType { Name = "Roll" }, Converter.ToValue<WorkflowType>(payload));
    }

    [Fact]
    public void RawValue_Converted_StaysAsItIs()
    {
        Payload payload = Converter.ToPayload("text");

        Assert.Same(payload, Converter.ToPayload(new RawValue(payload)));
        Assert.Same(payload, Converter.ToValue<IRawValue>(payload).Payload);
    }

    [Fact]
    public void Null_ReadAsAValueType_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Converter.ToValue<int>(Converter.ToPayload(null)));

    [Fact]
    public void Payload_OfUnknownEncoding_IsRefusedByName()
    {
        Payload payload = new();
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("binary/encrypted");

        ArgumentException error = Assert.Throws<ArgumentException>(() => Converter.ToValue<string>(payload));

        Assert.Contains("binary/encrypted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CustomConverter_WithOtherJsonOptions_WritesOtherNames() => Assert.Equal(
        "{\"podName\":\"kafka-0\",\"id\":3}", new CamelCaseConverter().ToPayload(new Broker("kafka-0", 3)).Data.ToStringUtf8());

    [Theory]
    [InlineData(3, "a,1,")]
    [InlineData(2, "a,1")]
    public void Arguments_MoreThanParameters_AreLeftOut(int payloadCount, string expected)
    {
        Payload[] payloads = [.. new object?[] { "a", 1, null, "b" }.Take(payloadCount).Select(Converter.ToPayload)];

        object?[] arguments = Converter.ToArguments(payloads, [typeof(string), typeof(int), typeof(string)], requiredCount: 2);

        Assert.Equal(expected, string.Join(',', arguments));
    }

    [Fact]
    public void Arguments_FewerThanRequired_AreRefusedWithTheNumbers()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Converter.ToArguments([], [typeof(string)], requiredCount: 1));

        Assert.StartsWith("0 arguments were given for 1 required parameters", error.Message, StringComparison.Ordinal);
    }

    private sealed record Broker(string PodName, int Id);

    private sealed class CamelCaseConverter() : DefaultPayloadConverter(new JsonSerializerOptions(JsonSerializerDefaults.Web));
}
