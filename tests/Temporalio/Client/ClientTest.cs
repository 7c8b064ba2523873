using Temporalio.Client;

namespace Temporalio.Tests.Client;

/// <summary>What the tests of the client have in common: a client, and for each test a task queue and an id of its own.</summary>
public abstract class ClientTest
{
    protected ClientTest(RealServer server)
    {
        Server = server;
        TaskQueue = RealServer.NewId("queue");
        Id = RealServer.NewId("workflow");

        // Without the lab the tests are skipped, and nothing is there.
        if (server.Connection is not null)
        {
            Client = new TemporalClient(server.Connection, new());
            Worker = new ScriptedWorker(server.Connection, TaskQueue);
        }
    }

    private protected RealServer Server { get; }

    private protected ITemporalClient Client { get; } = null!;

    private protected ScriptedWorker Worker { get; } = null!;

    private protected string TaskQueue { get; }

    private protected string Id { get; }

    private protected Task<WorkflowHandle> StartAsync(WorkflowOptions? options = null) =>
        Client.StartWorkflowAsync("Roll", [], options ?? new(Id, TaskQueue));
}
