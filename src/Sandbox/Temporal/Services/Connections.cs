using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Temporal.Runs;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>What follows from the end of a connection: the worker behind it is gone, and what it had is given to another.</summary>
internal static class Connections
{
    /// <summary>Begins to answer a request. Under the server's lock.</summary>
    /// <returns>Null; of a connection that is ended, what the request waits for instead of an answer.</returns>
    public static Task? Serve(ServerState state, HttpContext context)
    {
        string id = BoxConnection.IdOf(context);
        if (state.Ended.TryGetValue(id, out TaskCompletionSource? ended))
        {
            return ended.Task;
        }

        state.Wires[context.Connection.Id] = id;
        state.RequestsInFlight++;
        return null;
    }

    /// <summary>
    /// Counts a connection as one whose process is ended: it loses everything, and is answered no more. Under the server's lock.
    /// </summary>
    public static int End(ServerState state, string connection) =>
        state.Ended.TryAdd(connection, new(TaskCreationOptions.RunContinuationsAsynchronously)) ? Lose(state, connection) : 0;

    /// <summary>Takes everything from a connection whose wire is closed. Under the server's lock.</summary>
    public static int Close(ServerState state, string wire) =>
        state.Wires.Remove(wire, out string? connection) ? Lose(state, connection) : 0;

    /// <summary>Takes everything from a connection. Under the server's lock.</summary>
    private static int Lose(ServerState state, string connection)
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

        state.Version++;
        return 0;
    }
}
