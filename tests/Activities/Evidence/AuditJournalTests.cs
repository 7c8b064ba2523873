using System.Text;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Evidence;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Orchestrator.Activities.Tests.Evidence;

/// <summary>What a run is about to do stands on the disk before it is done, once and in order.</summary>
public sealed class AuditJournalTests : IDisposable
{
    private const string Run = "0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a11";

    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;
    private readonly WorkerStore _store;
    private readonly AuditJournal _journal;

    public AuditJournalTests()
    {
        _store = StoreIn(_folder);
        _journal = new(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Append_InPartsAndAgain_IsTheWholeChainOnce()
    {
        IReadOnlyList<AuditEvent> chain = Chain(5);

        await _journal.AppendAsync([.. chain.Take(3)], CancellationToken.None);
        await _journal.AppendAsync([.. chain.Take(3)], CancellationToken.None);
        await _journal.AppendAsync([.. chain.Skip(3)], CancellationToken.None);

        IReadOnlyList<StoredEvent> kept = await _store.UseAsync(
            store => store.ReadChainAsync(new("CHG-20261121-7KQ2-M9XD-T4RW-0HCE", Run), CancellationToken.None), CancellationToken.None);
        Assert.Equal(EvidencePack.AuditLines(chain), Encoding.UTF8.GetBytes(string.Concat(kept.Select(row => row.Body + "\n"))));
    }

    [Fact]
    public async Task Append_SomebodyWroteToTheFile_IsRefusedForGood()
    {
        await _journal.AppendAsync(Chain(2), CancellationToken.None);

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => _journal.AppendAsync(Chain(3, "other"), CancellationToken.None));

        Assert.Equal((ReasonCodes.AuditChainConflict, true), (refused.ErrorType, refused.NonRetryable));
    }

    [Fact]
    public async Task Append_AFolderThatCannotBeWritten_IsTriedAgain()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        using WorkerStore store = StoreIn(Path.Combine(file, "below"));

        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => new AuditJournal(store).AppendAsync(Chain(1), CancellationToken.None));

        Assert.Equal((ReasonCodes.AuditUnavailable, false), (failure.ErrorType, failure.NonRetryable));
    }

    [Fact]
    public async Task Append_EventsOfAnotherRunThanTheOneThatAsks_IsRefusedAndWritesNothing()
    {
        ActivityEnvironment environment = new() { Info = ActivityEnvironment.DefaultInfo with { WorkflowRunId = $"{Guid.NewGuid():D}" } };

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => environment.RunAsync(() => _journal.AppendAsync(Chain(2), CancellationToken.None)));

        Assert.Equal(ReasonCodes.InputInvalid, refused.ErrorType);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("run-1")]
    [InlineData("../0198f0a2-6f0e-7c7e-8a55-0d8c1c4f7a11")]
    public async Task Append_ARunThatNoServerNames_IsRefusedAndWritesNothing(string run)
    {
        await Assert.ThrowsAsync<ApplicationFailureException>(() => _journal.AppendAsync(Chain(2, run: run), CancellationToken.None));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private static WorkerStore StoreIn(string folder) =>
        new(Options.Create(new StoreOptions()), Options.Create(new EvidenceOptions { Folder = folder }));

    private static IReadOnlyList<AuditEvent> Chain(int count, string text = "text", string? run = null)
    {
        List<AuditEvent> chain = [];
        for (int i = 0; i < count; i++)
        {
            chain.Add(AuditChain.Seal(new AuditEvent(
                1, "CHG-20261121-7KQ2-M9XD-T4RW-0HCE", i, "2026-11-21T12:00:00.000Z", AuditTypes.StepStarted,
                "system", "Sample", ChangeTier.T2, "lab", null, "one", 1,
                null, "ok", null, text, null, null,
                "workflow", run ?? Run, i == 0 ? AuditChain.Genesis : chain[^1].Hash!)));
        }

        return chain;
    }
}
