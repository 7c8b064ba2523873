using Orchestrator.Lab.Servers;
using Temporalio.Api.Common.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ClientInterceptorTests(RealServer server) : ClientTest(server)
{
    [LabFact]
    public async Task Interceptors_OfAClient_SeeCallsOutermostFirstAndAddHeaders()
    {
        List<string> calls = [];
        TemporalClient client = new(
            Server.Connection, new() { Interceptors = [new Recorder("outer", calls), new Recorder("inner", calls)] });

        WorkflowHandle handle = await client.StartWorkflowAsync("Roll", [], new(Id, TaskQueue));
        await handle.SignalAsync("approve", []);

        Assert.Equal(["outer start Roll", "inner start Roll", "outer signal approve", "inner signal approve"], calls);
        Header header = (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes.Header;
        Assert.Equal("\"set by inner\"", header.Fields["trace"].Data.ToStringUtf8());
    }

    private sealed class Recorder(string name, List<string> calls) : IClientInterceptor
    {
        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
            new Outbound(nextInterceptor, name, calls);

        private sealed class Outbound(ClientOutboundInterceptor next, string name, List<string> calls) : ClientOutboundInterceptor(next)
        {
            public override Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
            {
                calls.Add($"{name} start {input.Workflow}");
                Payload trace = DataConverter.Default.PayloadConverter.ToPayload($"set by {name}");
                return base.StartWorkflowAsync<TWorkflow, TResult>(
                    input with { Headers = new Dictionary<string, Payload> { ["trace"] = trace } });
            }

            public override Task SignalWorkflowAsync(SignalWorkflowInput input)
            {
                calls.Add($"{name} signal {input.Signal}");
                return base.SignalWorkflowAsync(input);
            }
        }
    }
}
