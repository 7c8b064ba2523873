using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;

namespace Orchestrator.Starter.Tests.Inputs;

public sealed class InputDocumentTests
{
    [Theory]
    [InlineData("[1, 2]", "it must be an object with fields.")]
    [InlineData("kafka", "it must be an object with fields.")]
    [InlineData("", "it is empty.")]
    [InlineData("null", "it is empty.")]
    [InlineData("{a: 1}\n---\n{b: 2}", "line 2, column 1: it has more than one document.")]
    [InlineData("name: a\nname: b", "line 2, column 1: 'name' is given more than once.")]
    [InlineData("{limits: {x: 1, y: [{x: 1}], x: 2}}", "line 1, column 30: 'x' is given more than once.")]
    [InlineData("a: &a {b: 1}\nc: *a", "line 2, column 4: the alias *a is not allowed; write the value out.")]
    [InlineData("{a: [b}", "line 1, column 7: While parsing a flow sequence, did not find expected ',' or ']'.")]
    public void Document_OfAnotherShape_IsRefusedWithTheReason(string text, string why) =>
        Assert.Equal(why, Assert.Throws<FormatException>(() => InputDocument.Read(text)).Message);

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("{\"a\":[", 50_000)]
    public void Document_NestedWithoutEnd_IsRefusedAtTheLimit(string opening, int times) =>
        Assert.Contains(
            "it is nested more than 32 levels deep.",
            Assert.Throws<FormatException>(() => InputDocument.Read(string.Concat(Enumerable.Repeat(opening, times)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Document_WithoutEnd_IsNotReadToIt()
    {
        SopException refused = Assert.Throws<SopException>(() => InputDocument.Open("/dev/zero", TextReader.Null));

        Assert.Equal("--input '/dev/zero' is not valid JSON or YAML input: it has more than 1048576 characters.", refused.Message);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    [Fact]
    public void Document_KeepsValuesAsTheyWereWritten() => Assert.Equal(
        """{"a":"007","b":"1.10","c":"5","d":null,"e":null,"f":"true","g":[".inf",null],"h":"null"}""",
        InputDocument.Read("{a: 007, b: 1.10, c: '5', d: ~, e: , f: true, g: [.inf, null], h: 'null'}").ToJsonString());
}
