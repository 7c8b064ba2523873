using System.Text.RegularExpressions;

namespace Orchestrator.Architecture.Tests;

/// <summary>The projects reference each other as the architecture says, and none is left out of the solution.</summary>
public sealed partial class ArrowTests
{
    private static readonly IReadOnlyList<ProjectFile> Projects = ProjectFile.All();

    [Fact]
    public void ProjectReferences_OfThisRepository_AreAllAllowed() =>
        Assert.Equal([], ArrowRules.Violations(Projects.Select(project => project.Folder), Projects.SelectMany(project => project.Arrows)));

    [Fact]
    public void ProjectReferences_OfThisRepository_AreReadFromTheFiles() =>
        Assert.Superset(
            new HashSet<Arrow>
            {
                new("src/Activities", "src/Workflows"),
                new("src/Activities", "src/Kubernetes"),
                new("src/Worker", "src/Activities"),
            },
            Projects.SelectMany(project => project.Arrows).ToHashSet());

    [Theory]
    [InlineData("src/Workflows", "src/Activities", "src/Workflows -> src/Activities is forbidden: src/Workflows may reference nothing.")]
    [InlineData("src/Sandbox", "src/Workflows",
        "src/Sandbox -> src/Workflows is forbidden: src/Sandbox may reference src/Kubernetes alone.")]
    [InlineData("src/Kubernetes", "tests/Lab/Servers",
        "src/Kubernetes -> tests/Lab/Servers is forbidden: src/Kubernetes may reference nothing.")]
    public void ForbiddenArrow_IsNamedWithWhatIsAllowed(string from, string to, string violation) =>
        Assert.Equal([violation],
            ArrowRules.Violations(["src/Workflows", from], [new Arrow("src/Activities", "src/Workflows"), new Arrow(from, to)]));

    [Fact]
    public void ProjectWithoutRule_IsNamed() =>
        Assert.Equal(
            [
                "src/Gateway has no rule: say in ArrowRules what it may reference.",
                "src/Gateway -> src/Workflows is forbidden: src/Gateway may reference nothing.",
            ],
            ArrowRules.Violations(["src/Gateway", "tests/Gateway"],
                [new Arrow("src/Gateway", "src/Workflows"), new Arrow("tests/Gateway", "src/Gateway")]));

    [Fact]
    public void Workflows_TakeTheTemporalSdkAndNoOtherPackage() =>
        Assert.Equal(["Temporalio"], Projects.Single(project => project.Folder == "src/Workflows").Packages);

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Orchestrator.sln"));
        IEnumerable<string> listed = ProjectLine().Matches(solution).Select(match => match.Groups[1].Value.Replace('\\', '/'));

        Assert.Equal(Projects.Select(project => project.RelativePath), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""^Project\(.*, "([^"]+\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
