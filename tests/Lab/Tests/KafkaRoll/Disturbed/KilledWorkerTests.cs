using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>
/// Rolls whose worker is ended with SIGKILL, again and again. A kill costs at most what the server takes to notice it: a heartbeat or a
/// workflow task that is missed.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class KilledWorkerTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private const int RandomKills = 20;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    [LabFact]
    public async Task Roll_WorkerKilledAtEveryStepBoundary_HasTheEffectsOfAnUndisturbedRun()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using MortalWorker worker = new(Cluster.EnvironmentVariables);
        await using RollEffects effects = await RollEffects.WatchAsync(Cluster);
        string run = await bench.StartAsync("Both");
        HashSet<string> passed = [];

        await FollowAsync(bench, run, async history =>
        {
            int before = passed.Count;
            passed.UnionWith(await history.BoundariesAsync());
            if (passed.Count > before)
            {
                await worker.KillAndReplaceAsync();
            }
        });

        string story = $"{worker.Kills} kills, after:\n{string.Join('\n', passed)}\n{worker.Log}";
        Assert.True(worker.Kills >= 15, story);
        await effects.AssertUndisturbedAsync(bench, run, story);
        await Recording.KeepRunAsync(bench, run, "worker-killed-at-every-step");
    }

    [LabFact]
    public async Task Rolls_WorkerKilledAtTwentyRandomMoments_HaveTheEffectsOfUndisturbedRuns()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ORCHESTRATOR_SEED"), out int given) ? given : Random.Shared.Next();
        Random random = new(seed);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using MortalWorker worker = new(Cluster.EnvironmentVariables);
        while (worker.Kills < RandomKills)
        {
            await using RollEffects effects = await RollEffects.WatchAsync(Cluster);
            string run = await bench.StartAsync("Both");
            long begun = TimeProvider.System.GetTimestamp();
            TimeSpan life = LongestLife * random.NextDouble();

            await FollowAsync(bench, run, async _ =>
            {
                if (worker.Kills < RandomKills && TimeProvider.System.GetElapsedTime(begun) > life)
                {
                    await worker.KillAndReplaceAsync();
                    begun = TimeProvider.System.GetTimestamp();
                    life = LongestLife * random.NextDouble();
                }
            });

            await effects.AssertUndisturbedAsync(bench, run, $"ORCHESTRATOR_SEED={seed}, {worker.Kills} kills\n{worker.Log}");
        }
    }

    // Approves the run once it asks, and disturbs it until it has ended.
    private static async Task FollowAsync(RollBench bench, string run, Func<RunHistory, Task> disturbAsync)
    {
        RunHistory history = new(bench.Client, run);
        long started = TimeProvider.System.GetTimestamp();
        bool isApproved = false;
        while (!await history.HasEndedAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"{run} has not ended within {Limit}.");
            await disturbAsync(history);
            if (!isApproved && await history.AsksForVotesAsync())
            {
                await bench.ApproveAsync(run, Limit);
                isApproved = true;
            }

            await Task.Delay(Poll);
        }
    }
}
