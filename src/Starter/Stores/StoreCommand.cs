using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Store;

namespace Orchestrator.Starter.Stores;

/// <summary><c>sop store</c>: the store of evidence itself, without Temporal and without a worker.</summary>
internal static class StoreCommand
{
    public static Command Create(Terminal terminal) => new("store", "Look after the store of evidence, which all workers share")
    {
        Migrate(terminal),
        Verify(terminal),
        Export(terminal),
        Expire(terminal),
    };

    private static Command Migrate(Terminal terminal)
    {
        Option<string?> account = new("--grant")
        {
            Description = "The PostgreSQL account of the workers, which gets the right to read and to add, and no other",
            HelpName = "account",
        };
        Command command = new("migrate", "Bring the schema up to date, as its owner") { account };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, terminal, async store =>
        {
            IReadOnlyList<string> applied = await store.MigrateAsync(cancellationToken);
            if (parsed.GetValue(account) is { } name)
            {
                await GrantAsync(store, name, cancellationToken);
            }

            return applied;
        }, applied => new Sheet().Line(applied.Count == 0 ? "Nothing was missing." : $"Applied {string.Join(", ", applied)}.")));
        return command;
    }

    private static Command Verify(Terminal terminal)
    {
        Command command = new("verify", "Compute all hashes of all audit chains and packs anew; exit code 1 where one is broken");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            StoreAudit? audit = null;
            await RunAsync(
                parsed, terminal, async store => audit = await StoreAudit.OfAsync(store, cancellationToken), StoreSheet.Of);
            return audit!.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        Argument<string> change = new("change") { Description = "The change, by its whole id" };
        Option<string> to = new("--to") { Description = "The folder to write below; it is made", HelpName = "folder", Required = true };
        Command command = new("export", "Write the evidence packs of a change into a folder, also when Temporal has forgotten it")
        {
            change,
            to,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            terminal,
            store => ExportAsync(store, parsed.GetRequiredValue(change), parsed.GetRequiredValue(to), cancellationToken),
            folders => new Sheet().Table(null, ["Pack"], folders.Select(folder => new Cell[] { folder }))));
        return command;
    }

    private static Command Expire(Terminal terminal)
    {
        Command command = new("expire",
            $"Remove what is older than {StoreOptions.Section}:Retention and not under LegalHold, as the schema's owner")
        {
            Confirmation.Option,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            StoreSettings settings = StoreSettings.Read();
            if (!Confirmation.IsGiven(parsed))
            {
                if (!terminal.CanAsk)
                {
                    throw new SopException(ExitCode.Usage, "Nothing was removed: nobody can be asked here. Give --yes.");
                }

                Confirmation.Require(
                    $"Remove for good what was recorded more than {settings.Options.Retention.Days} days ago?", terminal);
            }

            return RunAsync(
                settings,
                parsed,
                terminal,
                store => store.ExpireAsync(settings.Options.Retention, [.. settings.Options.LegalHold], cancellationToken),
                removed => new Sheet().Line($"Removed {removed.Count}.").Table(null, ["Run"], removed.Select(run => new Cell[] { run })));
        });
        return command;
    }

    private static async Task GrantAsync(EvidenceStore store, string account, CancellationToken cancellationToken)
    {
        try
        {
            await store.GrantAsync(account, cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SopException(ExitCode.Usage, e.Message, e);
        }
    }

    private static async Task<IReadOnlyList<string>> ExportAsync(
        EvidenceStore store, string change, string to, CancellationToken cancellationToken)
    {
        List<string> folders = [];
        foreach (StoredPack pack in await store.ListPacksAsync(change, cancellationToken))
        {
            string folder = Path.GetFullPath(Path.Combine(to, pack.ChangeId, pack.RunId));
            await PackFolder.WriteAsync(
                folder, await store.ReadPackAsync(pack.ChangeId, pack.RunId, cancellationToken), cancellationToken);
            folders.Add(folder);
        }

        return folders.Count > 0
            ? folders
            : throw new SopException(ExitCode.Usage, $"{store.Location} has no evidence pack of a change '{change}'.");
    }

    private static Task<int> RunAsync<T>(
        ParseResult parsed, Terminal terminal, Func<EvidenceStore, Task<T>> use, Func<T, Sheet> draw) =>
        RunAsync(StoreSettings.Read(), parsed, terminal, use, draw);

    private static async Task<int> RunAsync<T>(
        StoreSettings settings, ParseResult parsed, Terminal terminal, Func<EvidenceStore, Task<T>> use, Func<T, Sheet> draw)
    {
        T result = await settings.UseAsync(use);
        terminal.Print(parsed.GetValue(GlobalOptions.Output), result, draw);
        return ExitCode.Done;
    }
}
