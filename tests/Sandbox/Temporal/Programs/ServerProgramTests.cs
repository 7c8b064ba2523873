using System.Globalization;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;
using Xunit.Abstractions;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>
/// Random programs on the server in the box and on a real one: the same results, and the same histories but for ids and times. The seed of
/// one that fails is in its message; <c>PROGRAM_SEED</c> is the first one, <c>PROGRAMS</c> how many there are.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class ServerProgramTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int AtOnce = 6;

    private TemporalBox _box = null!;
    private LabServers? _servers;

    public async Task InitializeAsync()
    {
        _box = await TemporalBox.StartAsync(BoxProgramTests.Options);
        _servers = LabTools.Folder is null ? null : await LabServers.StartAsync(
            new Dictionary<string, string>
            {
                ["TEMPORAL_ARGS"] = "--search-attribute Color=Keyword --dynamic-config-value frontend.rps=100000"
                    + " --dynamic-config-value frontend.namespaceRPS=100000 --dynamic-config-value frontend.namespaceBurst=100000",
            },
            "temporal");
    }

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    [LabFact]
    public async Task Program_MovedAtQuietMoments_LeavesTheSameHistoriesAsOnARealServer()
    {
        int first = Number("PROGRAM_SEED", 1);
        int count = Number("PROGRAMS", 2000);
        ITemporalClient boxClient = await ProgramServer.ConnectAsync(_box.Address);
        ITemporalClient realClient = await ProgramServer.ConnectAsync(_servers!.TemporalAddress);
        ProgramServer box = new("the box", boxClient);
        ProgramServer real = new("the real server", realClient);
        List<string> differences = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
            {
                // A poll that ends as a task arrives is a race of the real server's own: what counts shows again.
                string? difference = await DifferenceAsync(box, real, seed, "first") is null ? null
                    : await DifferenceAsync(box, real, seed, "again");
                if (difference is not null)
                {
                    lock (differences)
                    {
                        output.WriteLine(difference);
                        differences.Add(difference);
                    }
                }
            });
        Assert.True(differences.Count == 0, $"{differences.Count} of {count} programs differ:\n{string.Join("\n", differences.Take(5))}");
    }

    private static async Task<string?> DifferenceAsync(ProgramServer box, ProgramServer real, int seed, string name)
    {
        RandomProgram program = QuietPrograms.Of(seed);
        string id = $"{name}-{seed}";
        bool hasCache = seed % 2 == 0;
        (string Name, IReadOnlyList<string> Lines)[] both = await Task.WhenAll(
            box.RunAsync(program, id, hasCache), real.RunAsync(program, id, hasCache));
        return ProgramDifference.Between(program, both[0], both[1]);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : otherwise;
}
