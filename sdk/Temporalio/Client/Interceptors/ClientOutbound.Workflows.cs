using System.Runtime.CompilerServices;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Interceptors;

/// <content>What is done with workflows that exist.</content>
internal sealed partial class ClientOutbound
{
    public override async Task SignalWorkflowAsync(SignalWorkflowInput input)
    {
        DataConverter converter = ConverterFor(input.Id);
        SignalWorkflowExecutionRequest request = new()
        {
            Namespace = Namespace,
            WorkflowExecution = ToExecution(input.Id, input.RunId),
            SignalName = input.Signal,
            Input = await ToPayloadsAsync(converter, input.Args),
            Header = await ToHeaderAsync(converter, input.Headers),
            Identity = Identity,
            RequestId = Guid.NewGuid().ToString(),
        };
        await Service.SignalWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
    }

    public override async Task<TResult> QueryWorkflowAsync<TResult>(QueryWorkflowInput input)
    {
        DataConverter converter = ConverterFor(input.Id);
        QueryWorkflowRequest request = new()
        {
            Namespace = Namespace,
            Execution = ToExecution(input.Id, input.RunId),
            Query = new()
            {
                QueryType = input.Query,
                QueryArgs = await ToPayloadsAsync(converter, input.Args),
                Header = await ToHeaderAsync(converter, input.Headers),
            },
            QueryRejectCondition = input.Options?.RejectCondition ?? _client.Options.QueryRejectCondition ?? default,
        };
        QueryWorkflowResponse response;
        try
        {
            response = await Service.QueryWorkflowAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
        }
        catch (RpcException e) when (
            e.Code == RpcException.StatusCode.InvalidArgument && e.FindDetail<QueryFailedFailure>() is not null)
        {
            throw new WorkflowQueryFailedException(e.Message);
        }

        return response.QueryRejected is { } rejected
            ? throw new WorkflowQueryRejectedException(rejected.Status)
            : await converter.ToSingleValueAsync<TResult>(response.QueryResult?.Payloads_ ?? []);
    }

    public override async Task<WorkflowExecutionDescription> DescribeWorkflowAsync(DescribeWorkflowInput input)
    {
        DescribeWorkflowExecutionRequest request = new() { Namespace = Namespace, Execution = ToExecution(input.Id, input.RunId) };
        return new(
            await Service.DescribeWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc)),
            ConverterFor(input.Id));
    }

    public override async Task CancelWorkflowAsync(CancelWorkflowInput input)
    {
        RequestCancelWorkflowExecutionRequest request = new()
        {
            Namespace = Namespace,
            WorkflowExecution = ToExecution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
            Identity = Identity,
            RequestId = Guid.NewGuid().ToString(),
        };
        await Service.RequestCancelWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
    }

    public override async Task TerminateWorkflowAsync(TerminateWorkflowInput input)
    {
        TerminateWorkflowExecutionRequest request = new()
        {
            Namespace = Namespace,
            WorkflowExecution = ToExecution(input.Id, input.RunId),
            FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty,
            Reason = input.Reason ?? string.Empty,
            Details = await ToPayloadsAsync(ConverterFor(input.Id), input.Options?.Details),
            Identity = Identity,
        };
        await Service.TerminateWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(input.Options?.Rpc));
    }

    public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input)
    {
        GetWorkflowExecutionHistoryRequest request = new()
        {
            Namespace = Namespace,
            Execution = ToExecution(input.Id, input.RunId),
            MaximumPageSize = input.PageSize ?? 0,
            NextPageToken = ToToken(input.NextPageToken),
            WaitNewEvent = input.WaitNewEvent,
            HistoryEventFilterType = input.EventFilterType,
            SkipArchival = input.SkipArchival,
        };
        while (true)
        {
            GetWorkflowExecutionHistoryResponse response =
                await Service.GetWorkflowExecutionHistoryAsync(request, TemporalClient.DefaultRetryOptions(input.Rpc));

            // The server ends each wait after a while with an empty page.
            if (response.History?.Events.Count > 0 || response.NextPageToken.IsEmpty)
            {
                return new(response.History?.Events ?? [], FromToken(response.NextPageToken));
            }

            request.NextPageToken = response.NextPageToken;
        }
    }

    public override async Task<WorkflowExecutionCount> CountWorkflowsAsync(CountWorkflowsInput input) => new(
        await Service.CountWorkflowExecutionsAsync(
            new() { Namespace = Namespace, Query = input.Query }, TemporalClient.DefaultRetryOptions(input.Options?.Rpc)));

    public override IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(ListWorkflowsInput input) => ListAsync(input);

    public override async Task<WorkflowListPage> ListWorkflowsPaginatedAsync(ListWorkflowsPaginatedInput input)
    {
        ListWorkflowExecutionsRequest request = new()
        {
            Namespace = Namespace,
            Query = input.Query,
            NextPageToken = ToToken(input.NextPageToken),
            PageSize = input.Options?.PageSize ?? 0,
        };
        return await ListPageAsync(request, input.Options?.Rpc);
    }

    private async IAsyncEnumerable<WorkflowExecution> ListAsync(
        ListWorkflowsInput input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (RpcOptions rpc, CancellationTokenSource? linked) =
            TemporalClient.DefaultRetryOptions(input.Options?.Rpc).WithAdditionalCancellationToken(cancellationToken);
        using (linked)
        {
            ListWorkflowExecutionsRequest request = new() { Namespace = Namespace, Query = input.Query };
            int left = input.Options is { Limit: > 0 } options ? options.Limit : int.MaxValue;
            while (true)
            {
                WorkflowListPage page = await ListPageAsync(request, rpc);
                foreach (WorkflowExecution workflow in page.Workflows.Take(left))
                {
                    yield return workflow;
                }

                left -= page.Workflows.Count;
                if (page.NextPageToken is null || left <= 0)
                {
                    yield break;
                }

                request.NextPageToken = ToToken(page.NextPageToken);
            }
        }
    }

    private async Task<WorkflowListPage> ListPageAsync(ListWorkflowExecutionsRequest request, RpcOptions? rpc)
    {
        ListWorkflowExecutionsResponse response =
            await Service.ListWorkflowExecutionsAsync(request, TemporalClient.DefaultRetryOptions(rpc));
        return new(
            [.. response.Executions.Select(info => new WorkflowExecution(info, _client.Options.DataConverter, Namespace))],
            FromToken(response.NextPageToken));
    }
}
