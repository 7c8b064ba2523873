using System.Text.Json.Nodes;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>The examples of RFC 8785, and what this implementation refuses.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void CanonicalJson_ExampleOfChapter323_SortsMembersByUtf16Units()
    {
        JsonNode? unsorted = JsonNode.Parse(
            """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);

        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            CanonicalJson.Serialize(unsorted));
    }

    [Theory]
    [InlineData("""{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"}""", """{"string":"€$\u000f\nA'B\"\\\\\"/"}""")]
    [InlineData("""{"literals": [null, true, false]}""", """{"literals":[null,true,false]}""")]
    [InlineData("""["\b\t\n\f\r\u0000\u001f\u007f\u2028<>&+"]""", "[\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028<>&+\"]")]
    [InlineData("""[ 3, 1, 2 ]""", "[3,1,2]")]
    [InlineData("""{"b": {"d": 1, "c": 2}, "a": []}""", """{"a":[],"b":{"c":2,"d":1}}""")]
    [InlineData("""{"aa": 1, "a": 2, "B": 3, "": 4}""", """{"":4,"B":3,"a":2,"aa":1}""")]
    [InlineData("{}", "{}")]
    [InlineData("null", "null")]
    public void CanonicalJson_Text_HasOneForm(string text, string canonical) =>
        Assert.Equal(canonical, CanonicalJson.Serialize(JsonNode.Parse(text)));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-7", "-7")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("-9007199254740992", "-9007199254740992")]
    public void CanonicalJson_WholeNumber_IsWrittenInDecimal(string number, string canonical) =>
        Assert.Equal(canonical, CanonicalJson.Serialize(JsonNode.Parse(number)));

    [Theory]
    [InlineData("0.1")]
    [InlineData("4.50")]
    [InlineData("2.0")]
    [InlineData("1E30")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551616")]
    public void CanonicalJson_FractionOrTooLarge_IsRefusedByItsDigits(string number)
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => CanonicalJson.Serialize(JsonNode.Parse(number)));
        Assert.Contains(number, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CanonicalJson_Record_IsWrittenAsItsTypeSerializes() => Assert.Equal(
        """{"After":"b","Before":null,"Field":"spec.x","Why":"says why"}""",
        CanonicalJson.Serialize(new FieldChange("spec.x", null, "b", "says why")));
}
