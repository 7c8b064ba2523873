using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>The activities of a worker by type.</summary>
internal sealed class ActivityRegistry
{
    private readonly Dictionary<string, ActivityDefinition> _byName = [];
    private readonly ActivityDefinition? _dynamic;

    public ActivityRegistry(IEnumerable<ActivityDefinition> definitions)
    {
        foreach (ActivityDefinition definition in definitions)
        {
            if (definition.Name is { } name)
            {
                if (!_byName.TryAdd(name, definition))
                {
                    throw new ArgumentException($"Two activities of the worker are named {name}.", nameof(definitions));
                }
            }
            else if (_dynamic is null)
            {
                _dynamic = definition;
            }
            else
            {
                throw new ArgumentException("The worker has two dynamic activities.", nameof(definitions));
            }
        }
    }

    /// <exception cref="ApplicationFailureException">The worker has no such activity; retryable, as another worker may have it.</exception>
    public ActivityDefinition Find(string activityType) =>
        _byName.GetValueOrDefault(activityType) ?? _dynamic ?? throw new ApplicationFailureException(
            $"Activity {activityType} is not registered on this worker, available activities: {string.Join(", ", _byName.Keys.Order())}",
            errorType: "NotFoundError");
}
