using System.Reflection;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Activities.Trust;

/// <summary>Which activities change nothing: those that say so where their contract stands.</summary>
internal static class ActivityKinds
{
    private static readonly HashSet<string> Reading =
    [
        .. typeof(ReadsAttribute).Assembly.GetTypes()
            .Where(type => type.IsInterface)
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(ReadsAttribute)))
            .Select(method => method.GetCustomAttribute<ActivityAttribute>()?.Name)
            .OfType<string>(),
    ];

    /// <summary>Whether an activity changes nothing. One without a contract is taken for one that writes.</summary>
    public static bool Reads(string? activity) => activity is not null && Reading.Contains(activity);
}
