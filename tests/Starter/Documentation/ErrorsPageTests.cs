using Orchestrator.Activities;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.Tests.Documentation;

namespace Orchestrator.Starter.Tests.Documentation;

/// <summary>
/// The tables of <c>docs/errors.md</c> are made of what stands beside the codes. With ORCHESTRATOR_WRITE_GOLDEN=1 they are written anew.
/// </summary>
public sealed class ErrorsPageTests
{
    private const string PageName = "errors.md";

    private static readonly IReadOnlyList<Reason> Reasons =
        [.. ReasonCatalogue.Of(typeof(ReasonCatalogue).Assembly), .. ReasonCatalogue.Of(typeof(FailureTypes).Assembly)];

    public static TheoryData<string> Tables => [.. Reasons.Select(reason => reason.Table).Distinct()];

    [Theory]
    [MemberData(nameof(Tables))]
    public void ErrorsPage_Table_IsMadeOfTheCodes(string heading)
    {
        string[] rows =
        [
            .. Reasons.Where(reason => reason.Table == heading)
                .Select(reason => $"| `{reason.Code}` | {reason.Meaning} | {reason.Remedy} |"),
        ];
        Page page = new(PageName);
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_GOLDEN") == "1")
        {
            page.ReplaceRows(heading, rows);
            return;
        }

        Assert.Equal(rows, page.RowLines(heading));
    }

    // A refusal and a vote may be refused for the same reason; two declarations of one meaning would part.
    [Fact]
    public void Codes_OfOneTable_AreDeclaredOnce() => Assert.Equal(
        [],
        Reasons.GroupBy(reason => (reason.Table, reason.Code)).Where(same => same.Count() > 1).Select(same => same.Key.Code));

    [Fact]
    public void Codes_OfRefusalsAndFailures_AreUniqueAcrossTheProduct() => Assert.Equal(
        [],
        Reasons.Where(reason => reason.Table is ReasonCatalogue.Refusals or ReasonCatalogue.Failures)
            .GroupBy(reason => reason.Code).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Codes_EachConstantOfAClassOfCodes_SaysWhatItMeans() => Assert.Equal(
        [],
        Reasons.Select(reason => reason.Owner).Distinct()
            .SelectMany(owner => owner.GetFields().Where(field => field.IsLiteral && field.Name != "TimeoutPrefix"))
            .Where(field => !Reasons.Any(reason => reason.Owner == field.DeclaringType
                && reason.Code == (string)field.GetRawConstantValue()!))
            .Select(field => field.Name));

    [Fact]
    public void Codes_Texts_AreWholeSentences() => Assert.All(Reasons, reason => Assert.All(
        [reason.Meaning, reason.Remedy],
        text =>
        {
            Assert.EndsWith(".", text, StringComparison.Ordinal);
            Assert.DoesNotContain('|', text);
        }));
}
