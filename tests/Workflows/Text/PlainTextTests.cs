using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("monthly restart", "monthly restart")]
    [InlineData("Größe × 3 → 日本語 🙂", "Größe × 3 → 日本語 🙂")]
    [InlineData("x\u001b[2J\u001b[Hy", "x[2J[Hy")]
    [InlineData("a\u009b31mb\u0007\u007f\0", "a31mb")]
    [InlineData("one\r\ntwo\tthree\u2028four", "one  two three four")]
    [InlineData("ab\u202egnp.exe\u202c\u2066c\u2069", "abgnp.exec")]
    [InlineData("a\u200b\u200d\ufeff\u00adb\U000E0041", "ab")]
    [InlineData("a\ue000\uffffb", "ab")]
    public void Clean_OfTextFromOthers_LeavesWhatIsShown(string? text, string shown) => Assert.Equal(shown, PlainText.Clean(text));

    [Fact]
    public void Clean_OfHalfACharacter_ShowsThatSomethingWasThere() => Assert.Equal("a\ufffdb", PlainText.Clean("a\ud800b"));

    [Theory]
    [InlineData("quiet hour", "quiet hour")]
    [InlineData("[approve](http://x) | <img> **b** `c`", @"\[approve\](http://x) \| \<img\> \*\*b\*\* \`c\`")]
    [InlineData("a\n| b |\u202e", @"a \| b \|")]
    public void Markdown_OfTextFromOthers_IsNothingButText(string text, string shown) => Assert.Equal(shown, PlainText.Markdown(text));
}
