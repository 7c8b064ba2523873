namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>Asks Kafka processes about themselves; they answer also when the quorum is lost and the admin protocol does not.</summary>
public interface INodeProbe
{
    /// <summary>Asks all of them at once. A process that does not answer is named in the result with the reason.</summary>
    /// <param name="nodes">The processes.</param>
    /// <param name="cancellationToken">Ends the wait for them.</param>
    /// <returns>One reading for each, in the same order.</returns>
    Task<IReadOnlyList<NodeReading>> ReadAsync(IReadOnlyList<NodeAddress> nodes, CancellationToken cancellationToken);
}
