namespace Orchestrator.Activities.Notifications;

/// <summary>A channel did not accept a notice. The text holds nothing of a secret.</summary>
/// <param name="reason">Why, as the end of a sentence that begins with the channel.</param>
/// <param name="mayPass">Whether another try may help.</param>
public sealed class NotAcceptedException(string reason, bool mayPass) : Exception(reason)
{
    /// <summary>Whether another try may help.</summary>
    public bool MayPass { get; } = mayPass;

    /// <summary>How long the server asked to be left alone; null: it did not say.</summary>
    public TimeSpan? After { get; init; }
}
