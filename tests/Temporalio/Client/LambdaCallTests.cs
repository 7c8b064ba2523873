using Orchestrator.Lab.Servers;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class LambdaCallTests(RealServer server) : ClientTest(server)
{
    [LabFact]
    public async Task Lambdas_OfAWorkflow_CallItByItsNames()
    {
        WorkflowOptions options = new(Id, TaskQueue);
        options.SignalWithStart((IRoll roll) => roll.PauseAsync("lunch"));
        WorkflowHandle<IRoll, int> handle = await Client.StartWorkflowAsync((IRoll roll) => roll.RunAsync("kafka"), options);
        string signaled = (await Worker.AnswerAsync()).History.Events[1].WorkflowExecutionSignaledEventAttributes.SignalName;

        Task<string> status = handle.QueryAsync(roll => roll.Status);
        WorkflowQuery query = await Worker.AnswerQueryAsync("rolling");
        Task<bool> approve = handle.ExecuteUpdateAsync(roll => roll.ApproveAsync("ann"));
        Request update = await Worker.AcceptUpdateAsync(new() { Success = ScriptedWorker.ToPayloads(true) });

        Assert.Equal(("rolling", true), (await status.Within(), await approve.Within()));
        Assert.Equal(
            ("Roll", "Pause", "Status", "approve-change"),
            ((await handle.DescribeAsync()).WorkflowType, signaled, query.QueryType, update.Input.Name));
        Task<int> result = handle.GetResultAsync();
        await handle.SignalAsync(roll => roll.PauseAsync("again"));
        await Worker.CompleteAsync(3);
        Assert.Equal(3, await result.Within());
    }

    [Workflow]
    public interface IRoll
    {
        [WorkflowQuery]
        string Status { get; }

        [WorkflowRun]
        Task<int> RunAsync(string cluster);

        [WorkflowSignal]
        Task PauseAsync(string reason);

        [WorkflowUpdate("approve-change")]
        Task<bool> ApproveAsync(string approver);
    }
}
