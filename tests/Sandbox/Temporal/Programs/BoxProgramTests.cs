using Orchestrator.Sandbox.Temporal;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>Random programs on the server in the box alone. The seed of one that fails is in its message.</summary>
public sealed class BoxProgramTests : IAsyncLifetime
{
    private const int Programs = 40;
    private const int AtOnce = 4;

    // Whether a program is at rest is seen from outside: on a busy machine an event may come a moment early, which is no difference.
    private const int Runs = 3;

    private TemporalBox _box = null!;

    /// <summary>What a server that runs programs begins with.</summary>
    public static TemporalBoxOptions Options => new()
    {
        SearchAttributes = new Dictionary<string, IndexedValueType> { ["Color"] = IndexedValueType.Keyword },
    };

    public async Task InitializeAsync() => _box = await TemporalBox.StartAsync(Options);

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Program_WithTheCacheAndWithout_ComesToTheSameAndReplays()
    {
        ProgramServer server = new("the box", await ProgramServer.ConnectAsync(_box.Address));
        List<string> differences = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Programs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
            {
                RandomProgram program = QuietPrograms.Of(seed);
                string? difference = null;
                for (int run = 1; run <= Runs && (run == 1 || difference is not null); run++)
                {
                    (string Name, IReadOnlyList<string> Lines) with =
                        await server.RunAsync(program, $"with-{seed}-{run}", hasCache: true);
                    (string Name, IReadOnlyList<string> Lines) without =
                        await server.RunAsync(program, $"without-{seed}-{run}", hasCache: false);
                    difference = ProgramDifference.Between(
                        program, ("with", Unstuck(with.Lines)), ("without", Unstuck(without.Lines)));
                }

                if (difference is not null)
                {
                    lock (differences)
                    {
                        differences.Add(difference);
                    }
                }
            });
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    // A worker that keeps nothing in memory has no queue of its own.
    private static IReadOnlyList<string> Unstuck(IReadOnlyList<string> lines) =>
        [.. lines.Select(line => line.Contains("EVENT_TYPE_WORKFLOW_TASK_SCHEDULED", StringComparison.Ordinal) ? "a workflow task" : line)];
}
