using System.Text;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Evidence;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Orchestrator.Activities.Tests.Evidence;

/// <summary>Packs are only ever added, whatever a workflow is called and whatever a call asks for.</summary>
public sealed class EvidencePacksTests : IDisposable
{
    private const string Change = "CHG-20261121-7KQ2-M9XD-T4RW-0HCE";
    private const string Run = "0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a11";
    private const string OtherRun = "0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a12";

    private readonly string _root = Directory.CreateTempSubdirectory("evidence").FullName;
    private readonly WorkerStore _store;
    private readonly EvidencePacks _packs;

    public EvidencePacksTests()
    {
        _store = new(
            Options.Create(new StoreOptions()), Options.Create(new EvidenceOptions { Folder = Path.Combine(_root, "evidence") }));
        _packs = new(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Write_TriedAgainAfterItsAnswerWasLost_FindsItsOwnPackAndLeavesIt()
    {
        EvidenceReference first = await WriteAsync(Change, Run, ("status.json", "{}"), ("history.json", "one"));
        Dictionary<string, byte[]> before = Tree();

        EvidenceReference again = await WriteAsync(Change, Run, ("status.json", "{}"), ("history.json", "one and two"));

        Assert.Equal(first, again);
        Assert.Equal(Path.Combine(_root, "evidence", Change, Run), again.Location);
        Assert.Equal(before, Tree());
    }

    [Theory]
    [InlineData("status.json", "{\"other\":1}", false)]
    [InlineData("more.json", "{}", true)]
    public async Task Write_AnotherPackIsInItsPlace_IsRefusedForGoodAndLeavesIt(string path, string text, bool withStatus)
    {
        await WriteAsync(Change, Run, ("status.json", "{}"));
        Dictionary<string, byte[]> before = Tree();

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => WriteAsync(Change, Run, [(path, text), .. withStatus ? [("status.json", "{}")] : Array.Empty<(string, string)>()]));

        Assert.Equal((ReasonCodes.AuditChainConflict, true), (refused.ErrorType, refused.NonRetryable));
        Assert.Equal(before, Tree());
    }

    [Fact]
    public async Task Write_ItsPackWasChangedOnTheDisk_SaysSo()
    {
        EvidenceReference pack = await WriteAsync(Change, Run, ("status.json", "{}"), ("history.json", "one"));
        await File.WriteAllTextAsync(Path.Combine(pack.Location, "history.json"), "two");

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => WriteAsync(Change, Run, ("status.json", "{}"), ("history.json", "one")));

        Assert.Contains("history.json was changed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ByARunThatWasReset_StandsBesideTheFirst()
    {
        EvidenceReference first = await WriteAsync(Change, Run, ("status.json", "{}"));
        byte[] status = await File.ReadAllBytesAsync(Path.Combine(first.Location, "status.json"));

        EvidenceReference second = await WriteAsync(Change, OtherRun, ("status.json", "{\"second\":true}"));

        Assert.NotEqual(first.Location, second.Location);
        Assert.Equal(status, await File.ReadAllBytesAsync(Path.Combine(first.Location, "status.json")));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../../x")]
    [InlineData("evil/CHG-20261121-7KQ2-M9XD-T4RW-0HCE")]
    [InlineData("CHG-20261121-7KQ2-M9XD-T4RW-0HCE/..")]
    [InlineData("a\0b")]
    public async Task Write_OfARunWithAnyWorkflowId_TouchesNothingOfOthers(string workflowId)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "kept"), "");
        await WriteAsync(Change, Run, ("status.json", "{}"));
        Dictionary<string, byte[]> before = Tree();

        EvidenceReference written = await WriteAsync(workflowId, OtherRun, ("status.json", "{\"evil\":true}"));

        Assert.Equal(Path.Combine(_root, "evidence"), Path.GetDirectoryName(Path.GetDirectoryName(written.Location)));
        Assert.All(before, file => Assert.Equal(file.Value, Tree()[file.Key]));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_root, "evidence"), ".*"));
    }

    [Theory]
    [InlineData("/tmp/orchestrator-escaped")]
    [InlineData("../../x")]
    [InlineData("a\\b")]
    public async Task WriteEvidence_OfADocumentOutsideThePack_IsRefusedBeforeAnythingIsWritten(string path)
    {
        ApplicationFailureException refused = await RefusedAsync(
            new(Change, [new("status.json", "{}"), new(path, "x")], [], [$"roll/lab/{Change}"]));

        Assert.Equal((ReasonCodes.InputInvalid, true), (refused.ErrorType, refused.NonRetryable));
        Assert.False(File.Exists("/tmp/orchestrator-escaped"));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task WriteEvidence_OfAnotherChangeRunOrHistory_IsRefused()
    {
        string own = $"roll/lab/{Change}";
        Assert.Contains(
            "The change does not belong to the calling run.",
            (await RefusedAsync(new("CHG-20261121-AAAA", [], [], [own]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "A history belongs neither to the calling run nor",
            (await RefusedAsync(new(Change, [], [], [own, "another-run"]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "A history belongs neither to the calling run nor",
            (await RefusedAsync(new(Change, [], [], []))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    private async Task<ApplicationFailureException> RefusedAsync(WriteEvidenceInput input)
    {
        EvidenceActivities activities = new(_packs);
        ActivityEnvironment environment = new()
        {
            Info = ActivityEnvironment.DefaultInfo with { WorkflowId = $"roll/lab/{Change}", WorkflowRunId = Run },
        };
        return await Assert.ThrowsAsync<ApplicationFailureException>(
            () => environment.RunAsync(() => activities.WriteEvidenceAsync(input)));
    }

    private Task<EvidenceReference> WriteAsync(string change, string run, params (string Path, string Text)[] files) => _packs.WriteAsync(
        change,
        run,
        files.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal),
        new HashSet<string> { "history.json" },
        CancellationToken.None);

    // The packs' files; those of the database lie beside them.
    private Dictionary<string, byte[]> Tree() => Directory.GetFiles(_root, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(path).StartsWith("evidence.db", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(_root, path), File.ReadAllBytes, StringComparer.Ordinal);
}
