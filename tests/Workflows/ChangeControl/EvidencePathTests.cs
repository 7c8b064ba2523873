using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>What a file of a pack may be called.</summary>
public sealed class EvidencePathTests
{
    public static TheoryData<string> Bad { get; } =
    [
        "", "/tmp/x", "../../x", "..", ".", "a/../b", "a/./b", "a//b", "a/b/c", "/", "a/", "./a", ".hidden", "a.", "a/b.",
        "a\\b", "C:x", "C:\\x", "a:b", "~/x", "a\0b", "a\nb", "a b",
        "NUL", "nul.txt", "before/con.json", "COM1", "ä.json", "a\u2024\u2024/x",
        "manifest.json", "Manifest.JSON", "audit.jsonl", "history.json", "history-1.json", new('a', 121),
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Path_OutsideThePackOrOfAnotherMeaning_IsRefusedInOneSentence(string path)
    {
        string fault = Assert.Single(EvidencePath.Check([new EvidenceDocument("input.json", "{}"), new EvidenceDocument(path, "x")]));

        Assert.DoesNotContain(fault, char.IsControl);
        Assert.StartsWith("The path '", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input.json")]
    [InlineData("plan.sha256")]
    [InlineData("plan-template.sha256")]
    [InlineData("before/cluster.json")]
    [InlineData("nullable.json")]
    public void Path_OfAFileThatARunWrites_IsFine(string path) => Assert.Empty(EvidencePath.Check([new EvidenceDocument(path, "x")]));

    [Fact]
    public void Paths_ThatAreTheSameOnSomeFileSystem_AreRefused()
    {
        Assert.Equal(["The path 'Input.json' is given twice."], EvidencePath.Check([new("input.json", ""), new("Input.json", "")]));
        Assert.Equal(
            ["The path 'before' is both a file and a folder."],
            EvidencePath.Check([new("before", ""), new("before/a.json", "")]));
        Assert.Equal(["A document has no path, or not one of text and JSON."], EvidencePath.Check([null]));
    }
}
