using System.Text.Json;
using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>Calls that wait for something in the server in the box.</summary>
public sealed class LongPollTests
{
    private const int Polls = 600;

    // What else runs in this process may take some meanwhile; a thread for each poll would be far more.
    private const int FewThreads = 100;

    [Fact]
    public async Task Polls_HundredsThatWait_TakeNoThread()
    {
        await using TemporalBox box = await TemporalBox.StartAsync();
        ITemporalClient client = await TemporalClient.ConnectAsync(new(box.Address));
        using CancellationTokenSource over = new();
        int before = ThreadPool.ThreadCount;

        List<Task> polls = [.. Enumerable.Range(0, Polls).Select(number => PollAsync(client, number, over.Token))];
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        while (await WaitingAsync(box) < Polls)
        {
            await look.WaitForNextTickAsync(late.Token);
        }

        Assert.DoesNotContain(polls, poll => poll.IsCompleted);
        Assert.InRange(ThreadPool.ThreadCount, 0, before + FewThreads);
        await over.CancelAsync();
        await Task.WhenAll(polls);
    }

    private static async Task PollAsync(ITemporalClient client, int number, CancellationToken cancellationToken)
    {
        try
        {
            await client.WorkflowService.PollActivityTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = $"queue-{number}" }, Identity = "a test" },
                new() { CancellationToken = cancellationToken });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private static async Task<int> WaitingAsync(TemporalBox box)
    {
        using MemoryStream written = new();
        await box.WriteStateAsync(written);
        using JsonDocument state = JsonDocument.Parse(written.GetBuffer().AsMemory(0, (int)written.Length));
        return state.RootElement.GetProperty("namespaces")[0].GetProperty("taskQueues").EnumerateArray()
            .Count(queue => queue.GetProperty("somebodyWaits").GetBoolean());
    }
}
