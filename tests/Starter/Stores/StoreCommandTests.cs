using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Tests.Rehearsals;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Stores;

/// <summary><c>sop store</c> as a process, on what a real roll has left in a laptop's store.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Store_OfARoll_VerifiesAndExportsItsPack_AndNamesAChangedEvent()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        RollKafkaClusterResult result = await roll.ExecuteAsync();
        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        EvidenceReference evidence = result.Change.Status.Evidence!;
        string run = $"{result.Change.Status.ChangeId}/{Path.GetFileName(evidence.Location)}";
        Sop sop = With("ORCHESTRATOR__EVIDENCE__FOLDER", roll.Evidence);

        ProgramRun verified = await sop.RunAsync("store", "verify", "-o", "json");
        JsonNode audit = JsonNode.Parse(verified.Output)!;
        Assert.Equal((0, 1, 1), (verified.ExitCode, (int)audit["chains"]!, (int)audit["packs"]!));
        Assert.Empty(audit["faults"]!.AsArray());
        Assert.Empty(audit["open"]!.AsArray());

        ProgramRun exported = await sop.RunAsync("store", "export", result.Change.Status.ChangeId, "--to", _folder);
        Assert.Equal(0, exported.ExitCode);
        Assert.Equal(Files(evidence.Location), Files(Path.Combine(_folder, run)));
        Assert.Empty(EvidencePack.Verify(Files(Path.Combine(_folder, run)), evidence.PackHash));

        await ForgeAsync(Path.Combine(roll.Evidence, "evidence.db"));
        ProgramRun broken = await sop.RunAsync("store", "verify");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("Event 1 ", broken.Output, StringComparison.Ordinal);
        Assert.Contains("1 broken.", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_WithoutASchema_IsMadeByMigrate()
    {
        Sop sop = With("ORCHESTRATOR__EVIDENCE__FOLDER", _folder);

        Assert.Equal(
            new ProgramRun(0, "Applied 001_evidence.sql, 002_reports.sql, 003_report_cluster.sql.\n", ""),
            await sop.RunAsync("store", "migrate"));
        Assert.Equal(new ProgramRun(0, "Nothing was missing.\n", ""), await sop.RunAsync("store", "migrate"));
        ProgramRun unasked = await sop.RunAsync("store", "expire");
        Assert.Equal((2, "Nothing was removed: nobody can be asked here. Give --yes.\n"), (unasked.ExitCode, Sentence(unasked)));
        Assert.Equal(new ProgramRun(0, "Removed 0.\n", ""), await sop.RunAsync("store", "expire", "--yes"));
        ProgramRun unknown = await sop.RunAsync("store", "export", "CHG-none", "--to", _folder);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("has no evidence pack of a change 'CHG-none'.", unknown.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Password=secret", "has a password in it, where many can read it")]
    [InlineData("Database=x", "names no Host")]
    [InlineData("nonsense", "is no connection string")]
    public async Task Store_WithAWrongSetting_SaysWhich(string setting, string wrong)
    {
        ProgramRun run = await With("ORCHESTRATOR__STORE__POSTGRESQL", setting).RunAsync("store", "verify");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"Orchestrator:Store:PostgreSql {wrong}", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ThatIsOutOfReach_IsNamedWithoutWhoAsks()
    {
        ProgramRun run = await With("ORCHESTRATOR__STORE__POSTGRESQL", "Host=127.0.0.1;Port=9;Database=x;Username=y")
            .RunAsync("store", "verify");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("The store postgresql://127.0.0.1:9/x cannot be read", run.Errors, StringComparison.Ordinal);
    }

    private static Sop With(string variable, string value) => new(new Dictionary<string, string> { [variable] = value });

    private static string Sentence(ProgramRun run) => run.Errors[(run.Errors.IndexOf(':', StringComparison.Ordinal) + 2)..];

    private static Dictionary<string, byte[]> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);

    // What whoever owns the file can do, who takes out the trigger first.
    private static async Task ForgeAsync(string file)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "drop trigger audit_event_update; update audit_event set body = replace(body, '\"ok\"', '\"failed\"') where seq = 1";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
