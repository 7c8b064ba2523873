using Microsoft.Extensions.Options;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// The store of a worker: PostgreSQL, which all workers share, or a SQLite file in the folder of evidence. It is prepared when it is first
/// used, so that a worker also starts while its database is away; no change begins then.
/// </summary>
internal sealed class WorkerStore(IOptions<StoreOptions> options, IOptions<EvidenceOptions> evidence) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly EvidenceStore _store = options.Value.Open(evidence.Value.Folder);
    private bool _isReady;

    /// <summary>The folder into which packs are copied for people; null where they are kept in PostgreSQL alone.</summary>
    public string? Folder { get; } = options.Value.PostgreSql is null ? Path.GetFullPath(evidence.Value.Folder) : null;

    /// <summary>Where it is, for people.</summary>
    public string Location => _store.Location;

    /// <summary>Why a change cannot begin, since its evidence could not be kept; null where it could.</summary>
    public async Task<Refusal?> RefuseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (await ReadyAsync(cancellationToken)).RequireAsync(cancellationToken);
            return Folder is null || EvidenceProbe.Fault(Folder) is not { } fault
                ? null
                : Block($"The folder of evidence, {Folder}, cannot be written: {fault}", Folder);
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreSchemaException)
        {
            return Block(e.Message, Location);
        }
    }

    /// <summary>Uses it.</summary>
    /// <exception cref="ApplicationFailureException">It cannot be reached, which is tried again; or what is kept there differs.</exception>
    public async Task<T> UseAsync<T>(Func<EvidenceStore, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await use(await ReadyAsync(cancellationToken));
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreSchemaException)
        {
            throw new ApplicationFailureException(e.Message, e, ReasonCodes.AuditUnavailable);
        }
        catch (StoreConflictException e)
        {
            throw new ApplicationFailureException(e.Message, e, ReasonCodes.AuditChainConflict, nonRetryable: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _one.Dispose();
    }

    private Refusal Block(string sentence, string place) => Refusal.Block(
        ReasonCodes.AuditUnavailable,
        sentence,
        place,
        howToResolve: Folder is null
            ? "Bring the database back, or give the worker's account the right to add to it."
            : "Make room, or give the worker the right to write there.");

    private async Task<EvidenceStore> ReadyAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_isReady)
            {
                if (options.Value.Migrate)
                {
                    await _store.MigrateAsync(cancellationToken);
                }
                else
                {
                    await _store.RequireAsync(cancellationToken);
                }

                _isReady = true;
            }

            return _store;
        }
        finally
        {
            _one.Release();
        }
    }
}
