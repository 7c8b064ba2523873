using Microsoft.Extensions.Options;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Servers;

/// <summary>Checks the section <c>Orchestrator:Worker</c>.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        List<string> mistakes = [];
        if (options.DrainFor < TimeSpan.Zero || options.DrainFor > LongestDrain)
        {
            mistakes.Add(Mistake.At(
                WorkerOptions.Section, nameof(options.DrainFor), $"is {options.DrainFor}; it must be from 00:00:00 to {LongestDrain}"));
        }

        // Whoever asks for a lock waits in one slot while the guard writes its fence in another.
        if (options.MaxConcurrentActivities is < 2 or > MostAtOnce)
        {
            mistakes.Add(Mistake.At(
                WorkerOptions.Section,
                nameof(options.MaxConcurrentActivities),
                $"is {options.MaxConcurrentActivities}; it must be from 2 to {MostAtOnce}"));
        }

        if (options.MaxConcurrentWatches is < 1 or > MostAtOnce)
        {
            mistakes.Add(Mistake.At(
                WorkerOptions.Section,
                nameof(options.MaxConcurrentWatches),
                $"is {options.MaxConcurrentWatches}; it must be from 1 to {MostAtOnce}"));
        }

        // One slot serves the sticky queue, one the ordinary queue.
        if (options.MaxConcurrentWorkflowTasks is < 2 or > MostAtOnce)
        {
            mistakes.Add(Mistake.At(
                WorkerOptions.Section,
                nameof(options.MaxConcurrentWorkflowTasks),
                $"is {options.MaxConcurrentWorkflowTasks}; it must be from 2 to {MostAtOnce}"));
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
