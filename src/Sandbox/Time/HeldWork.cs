namespace Orchestrator.Sandbox.Time;

/// <summary>What in-process parts of a box work on, as they say it themselves.</summary>
internal sealed class HeldWork(Timekeeper keeper) : IClockHolder
{
    private readonly LinkedList<string> _work = [];

    /// <inheritdoc/>
    public bool IsBusy => _work.Count > 0;

    /// <inheritdoc/>
    public IEnumerable<string> Holders() => _work;

    /// <summary>Begins a piece of work, which ends when what is returned is disposed of.</summary>
    public IDisposable Begin(string what) => new Piece(this, keeper.Change(() => _work.AddLast(what)));

    private void End(LinkedListNode<string> node) => keeper.Change(() =>
    {
        if (node.List is not null)
        {
            _work.Remove(node);
            keeper.Version++;
        }

        return 0;
    });

    private sealed class Piece(HeldWork work, LinkedListNode<string> node) : IDisposable
    {
        public void Dispose() => work.End(node);
    }
}
