using Orchestrator.Sandbox.Temporal.Runs;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>What follows from the end of a connection: the worker behind it is gone, and what it had is given to another.</summary>
internal static class Connections
{
    /// <summary>Takes everything from a connection that is closed. Under the server's lock.</summary>
    public static int Lose(ServerState state, string connection)
    {
        foreach (Namespaces.TemporalNamespace space in state.Namespaces.Values)
        {
            space.Queues.Drop(connection);
            foreach (WorkflowRun run in space.OpenRuns.ToList())
            {
                run.Tasks.Lose(connection);
                run.Activities.Lose(connection);
                run.Queries.Lose(connection);
            }
        }

        return 0;
    }
}
