using System.Reflection;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Workflows.Tests.Documentation;

/// <summary>A code that is printed is one that can be looked up.</summary>
public sealed class ErrorsPageTests
{
    private static readonly Page Errors = new("errors.md");

    [Fact]
    public void ErrorsPage_ReasonCodes_AreAllThereOnce() => Assert.Equal(
        Constants(typeof(ReasonCodes)).Order(),
        Errors.Names("Refusals").Concat(Errors.Names("Failures")).Where(Constants(typeof(ReasonCodes)).Contains).Order());

    [Fact]
    public void ErrorsPage_Refusals_AreAllReasonCodes() => Assert.Empty(Errors.Names("Refusals").Except(Constants(typeof(ReasonCodes))));

    [Fact]
    public void ErrorsPage_RefusedVotes_AreThereInTheOrderInWhichTheyAreChecked() =>
        Assert.Equal(Constants(typeof(VoteRefusals)), Errors.Names("Refused votes"));

    [Fact]
    public void ErrorsPage_FailuresWithoutACodeOfTheirOwn_AreThere() => Assert.Empty(
        Enum.GetValues<TimeoutType>().Where(kind => kind != TimeoutType.Unspecified)
            .Select(kind => $"{FailureCodes.TimeoutPrefix}{kind.ToString().ToUpperInvariant()}")
            .Append(FailureCodes.Cancelled).Append(FailureCodes.Failed)
            .Except(Errors.Names("Failures")));

    [Fact]
    public void ErrorsPage_EveryRow_SaysWhatItMeansAndWhatToDo() => Assert.All(
        ((string[])["Refusals", "Refused votes", "Failures"]).SelectMany(Errors.Rows),
        row =>
        {
            Assert.Equal(3, row.Length);
            Assert.All(row, Assert.NotEmpty);
        });

    private static List<string> Constants(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .OrderBy(field => field.MetadataToken).Select(field => (string)field.GetRawConstantValue()!),
    ];
}
