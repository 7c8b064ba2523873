using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>Tells people.</summary>
public interface INotificationActivities
{
    /// <summary>Brings a notice to the first channel of each route that accepts it.</summary>
    /// <returns>What became of it; that no channel accepted it is an answer too.</returns>
    [Activity("Notify")]
    Task<NotifyResult> NotifyAsync(NotifyInput input);
}

/// <summary>What became of a notice.</summary>
/// <param name="Deliveries">One for each route that takes it; empty where none does.</param>
public sealed record NotifyResult(IReadOnlyList<NotificationDelivery> Deliveries);

/// <summary>The input of <see cref="INotificationActivities.NotifyAsync"/>.</summary>
/// <param name="Notice">What people are told.</param>
/// <param name="Without">The routes that are left out. Default: none.</param>
public sealed record NotifyInput(NotificationEvent Notice, IReadOnlyList<string>? Without = null) : IFrameAct
{
    /// <inheritdoc/>
    public string? Refuse(CallingRun run) => run.WorkflowType == TellPeopleWorkflow.Type ? null
        : $"Only {TellPeopleWorkflow.Type} may tell people, and this is {run.WorkflowType}.";
}
