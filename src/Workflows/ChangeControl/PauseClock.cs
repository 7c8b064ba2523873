using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Counts how long a run waits for a person. Only time counts in which clusters could be read: while workers, Temporal or the cluster are
/// away nobody can be expected to decide.
/// </summary>
internal static class PauseClock
{
    // Ten looks at the world in one limit: what is away for longer than a tenth of it is noticed, and the history grows by little.
    private const int Slices = 10;

    /// <summary>Waits for a decision.</summary>
    /// <param name="isDecided">Whether there is one.</param>
    /// <param name="limit">The time that counts.</param>
    /// <param name="canReadAsync">Whether the clusters can be read; null: not asked.</param>
    /// <returns>Whether there was one before the time was up.</returns>
    public static async Task<bool> WaitAsync(Func<bool> isDecided, TimeSpan limit, Func<Task<bool>>? canReadAsync)
    {
        for (int counted = 0; counted < Slices;)
        {
            // A timer that fires late, since no worker was there, counts as one slice all the same.
            if (await Workflow.WaitConditionWithOptionsAsync(new(isDecided, limit / Slices, "a person")))
            {
                return true;
            }

            counted += canReadAsync is null || await canReadAsync() ? 1 : 0;
        }

        return isDecided();
    }
}
