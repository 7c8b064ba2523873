using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// Keeps the audit chains of runs that have not ended: a file each, one event a line. What a run is about to do stands in it before it is
/// done. The pack takes its place when the run ends; a file that stays is of a run that did not come to its end.
/// </summary>
internal sealed class AuditJournal(IOptions<EvidenceOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Adds events, on the disk when it returns. Those that are there already are compared.</summary>
    /// <exception cref="ApplicationFailureException">
    /// The folder cannot be written; or the chain has another event in one's place.
    /// </exception>
    public Task AppendAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken) =>
        events.Count == 0 ? Task.CompletedTask : AppendAsync(PathOf(events), events, cancellationToken);

    /// <summary>Adds an event to a chain of this worker's own, which no run writes into: its name is not one that a run's has.</summary>
    /// <exception cref="ApplicationFailureException">
    /// As of <see cref="AppendAsync(IReadOnlyList{AuditEvent}, CancellationToken)"/>.
    /// </exception>
    public Task AppendOwnAsync(AuditEvent audit, CancellationToken cancellationToken) =>
        AppendAsync(PathIn($"{audit.ChainId}.{audit.RunId}"), [audit], cancellationToken);

    private async Task AppendAsync(string path, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(options.Value.Folder);
            await using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            Dictionary<int, string?> known = await ReadAsync(file, cancellationToken);
            foreach (AuditEvent audit in events.Where(audit => known.TryGetValue(audit.Seq, out string? hash) && hash != audit.Hash))
            {
                throw new ApplicationFailureException(
                    $"Event {audit.Seq.ToString(CultureInfo.InvariantCulture)} of {audit.ChainId} in {path} "
                    + "differs from the run's own: somebody changed that file.",
                    errorType: ReasonCodes.AuditChainConflict,
                    nonRetryable: true);
            }

            await file.WriteAsync(EvidencePack.AuditLines(events.Where(audit => !known.ContainsKey(audit.Seq))), cancellationToken);
#pragma warning disable CA1849 // There is no asynchronous flush to the disk.
            file.Flush(flushToDisk: true);
#pragma warning restore CA1849
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApplicationFailureException(
                $"The folder of evidence, {options.Value.Folder}, cannot be written: {e.Message}", e, ReasonCodes.AuditUnavailable);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Removes the chain of a run whose pack is written, which has it whole.</summary>
    public void Close(IReadOnlyList<AuditEvent> events)
    {
        if (events.Count > 0)
        {
            File.Delete(PathOf(events));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // A run that was reset has a chain of its own; and a run writes into, and removes, its own alone.
    private string PathOf(IReadOnlyList<AuditEvent> events)
    {
        AuditEvent first = events[0];
        bool isForeign = events.Any(audit => audit.ChainId != first.ChainId || audit.RunId != first.RunId)
            || (ActivityExecutionContext.HasCurrent && ActivityExecutionContext.Current.Info.WorkflowRunId != first.RunId);
        if (isForeign)
        {
            throw new ApplicationFailureException(
                $"An audit event of {first.ChainId} does not belong to the calling run.", errorType: ReasonCodes.InputInvalid,
                nonRetryable: true);
        }

        PackName name = PackName.Of(first.ChainId, first.RunId);
        return PathIn($"{name.Change}.{name.Run}");
    }

    private string PathIn(string name) => Path.GetFullPath(Path.Combine(options.Value.Folder, $"{name}.audit.jsonl"));

    // Leaves the file at the end of its last whole line: what follows it was cut off by the end of a worker.
    private static async Task<Dictionary<int, string?>> ReadAsync(FileStream file, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Position = whole;
        Dictionary<int, string?> known = [];
        foreach (string line in System.Text.Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            AuditEvent audit = JsonSerializer.Deserialize<AuditEvent>(line)!;
            known[audit.Seq] = audit.Hash;
        }

        return known;
    }
}
