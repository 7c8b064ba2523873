using Microsoft.Extensions.Time.Testing;

namespace Orchestrator.Activities.Tests;

/// <summary>Lets a clock that stands still go on while something is awaited, ten times as fast as the world.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>What was awaited; the clock goes on until then.</summary>
    public static async Task<T> PassAsync<T>(this FakeTimeProvider time, Task<T> awaited)
    {
        while (await Task.WhenAny(awaited, Task.Delay(Step / 10)) != awaited)
        {
            time.Advance(Step);
        }

        return await awaited;
    }
}
