using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Machines;

/// <summary>The commands in the order in which workflow code made them, from their making to the events that mirror them.</summary>
internal sealed class CommandQueue
{
    private readonly Queue<QueuedCommand> _commands = new();

    public void Add(Command command, CommandMachine machine) => _commands.Enqueue(new(command, machine));

    /// <summary>The oldest command without an event; false if there is none.</summary>
    public bool TryPeek(out QueuedCommand command)
    {
        while (_commands.TryPeek(out command))
        {
            if (!command.Machine.CanceledBeforeSent)
            {
                return true;
            }

            _commands.Dequeue();
        }

        return false;
    }

    /// <summary>Takes the oldest command out.</summary>
    public void Dequeue() => _commands.Dequeue();

    /// <summary>The commands to send: those that were not taken back.</summary>
    public IEnumerable<Command> ToSend() =>
        _commands.Where(queued => !queued.Machine.CanceledBeforeSent).Select(queued => queued.Command);
}
