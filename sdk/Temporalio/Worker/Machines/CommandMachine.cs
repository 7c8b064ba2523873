using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Machines;

/// <summary>
/// What became of one thing that workflow code started: from the command, over the events that the history has for it, to its end.
/// </summary>
/// <param name="machines">The run's machines.</param>
internal abstract class CommandMachine(WorkflowMachines machines)
{
    /// <summary>Whether the command was taken back before it went to the server: there is no event for it.</summary>
    public bool CanceledBeforeSent { get; protected set; }

    /// <summary>Whether no further event can come.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether events go on with what the command began.</summary>
    public virtual bool HasFollowUps => true;

    protected WorkflowMachines Machines { get; } = machines;

    /// <summary>Takes the event that mirrors one of the machine's commands.</summary>
    /// <param name="e">The event; its type fits the command's.</param>
    /// <param name="command">The command.</param>
    public abstract void OnCommandEvent(HistoryEvent e, QueuedCommand command);

    /// <summary>Takes an event that goes on with what the command began.</summary>
    /// <param name="e">The event.</param>
    public virtual void OnEvent(HistoryEvent e) => throw Nondeterminism.Unexpected(e, this);

    /// <summary>Says that no further event can come.</summary>
    protected void Close()
    {
        IsClosed = true;
        Machines.Forget(this);
    }
}
