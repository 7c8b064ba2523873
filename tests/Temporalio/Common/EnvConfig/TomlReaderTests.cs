using System.Text.Json;
using Temporalio.Common.EnvConfig;

namespace Temporalio.Tests.Common.EnvConfig;

public sealed class TomlReaderTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("# only a comment", "{}")]
    [InlineData("a = 1\r\nb = 2 # two\r\n", """{"a":1,"b":2}""")]
    [InlineData("a = 'C:\\dir'\nb = \"tab\\t\\u00e9\\U0001F600 \\\"q\\\"\"", """{"a":"C:\\dir","b":"tab\té😀 \"q\""}""")]
    [InlineData("a = \"\"\"\nfirst\nsecond \\\n   joined\"\"\"\"\n", """{"a":"first\nsecond joined\""}""")]
    [InlineData("a = '''\n'quoted' \\n\n'''", """{"a":"'quoted' \\n\n"}""")]
    [InlineData("a = [1, 2, # two\n 3,\n]", """{"a":[1,2,3]}""")]
    [InlineData("a = { b = 1, c.d = true }", """{"a":{"b":1,"c":{"d":true}}}""")]
    [InlineData("a.b.c = 1\na.b.d = 2", """{"a":{"b":{"c":1,"d":2}}}""")]
    [InlineData("\"a b\".'c' = false", """{"a b":{"c":false}}""")]
    [InlineData("[a.b]\nc = 1\n[a]\nd = 2", """{"a":{"b":{"c":1},"d":2}}""")]
    [InlineData("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", """{"a":[{"b":1},{"b":2,"c":{"d":3}}]}""")]
    [InlineData("a = +1_000\nb = -0.5e1\nc = 0xff\nd = 0b11", """{"a":1000,"b":-5,"c":255,"d":3}""")]
    [InlineData("a = 2026-08-01\nb = 2026-08-01T01:02:03Z\nc = 2026-08-01 01:02:03\nd = 01:02:03",
        """{"a":"2026-08-01","b":"2026-08-01T01:02:03Z","c":"2026-08-01T01:02:03","d":"01:02:03"}""")]
    public void Toml_Read_IsThisJson(string toml, string json) => Assert.Equal(
        JsonSerializer.Serialize(JsonDocument.Parse(json)), JsonSerializer.Serialize(JsonDocument.Parse(JsonSerializer.Serialize(TomlReader.Read(toml)))));

    [Theory]
    [InlineData("a = 1\na = 2", "line 2: a is defined twice")]
    [InlineData("[a]\n[a]", "line 2: the table a is defined twice")]
    [InlineData("[a]\nb = 1\n[a.b]", "line 3: b is defined twice")]
    [InlineData("[a.b]\n[a]\nb.c = 1", "line 3: b is defined twice")]
    [InlineData("a = {b = 1}\na.c = 2", "line 2: a is defined twice")]
    [InlineData("a = 1 b = 2", "line 1: the end of the line is missing")]
    [InlineData("a = \"x", "line 1: the text ends too early")]
    [InlineData("a = \"x\n\"", "line 1: the closing quote is missing")]
    [InlineData("a = \"\\x\"", "line 1: \\x means nothing")]
    [InlineData("a = yes", "line 1: 'yes' is not a value")]
    [InlineData("a = 0xg", "line 1: '0xg' is not a value")]
    [InlineData("a =", "line 1: a value is missing")]
    [InlineData("= 1", "line 1: a key is missing")]
    [InlineData("a = [1 2]", "line 1: a comma or the end of the array is missing")]
    [InlineData("[a\nb = 1", "line 1: ']' is missing")]
    public void TextThatIsNotToml_Read_NamesLineAndProblem(string toml, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => TomlReader.Read(toml)).Message);
}
