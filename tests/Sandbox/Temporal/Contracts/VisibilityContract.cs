using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>Lists and counts: every form of a query, on runs that no worker takes up.</summary>
public abstract class VisibilityContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    private static readonly SearchAttributeKey<string> Word = SearchAttributeKey.CreateKeyword("ContractWord");
    private static readonly SearchAttributeKey<long> Number = SearchAttributeKey.CreateLong("ContractNumber");
    private static readonly SearchAttributeKey<bool> Flag = SearchAttributeKey.CreateBool("ContractFlag");
    private static readonly SearchAttributeKey<DateTimeOffset> Day = SearchAttributeKey.CreateDateTimeOffset("ContractDay");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Words =
        SearchAttributeKey.CreateKeywordList("ContractWords");

    // What is asked, and which of the runs a to e it is true of.
    private static readonly (string Query, string Found)[] Queries =
    [
        ("ExecutionStatus = 'Running'", "abcd"),
        ("ExecutionStatus != 'Running'", "e"),
        ("ExecutionStatus IN ('Terminated', 'Failed')", "e"),
        ("ContractWord = 'red'", "ab"),
        ("ContractWord != 'red'", "c"),
        ("ContractWord IN ('red', 'green')", "abc"),
        ("ContractWord NOT IN ('red')", "c"),
        ("ContractWord STARTS_WITH 'gr'", "c"),
        ("ContractWord NOT STARTS_WITH 'gr'", "ab"),
        ("ContractWord IS NULL", "de"),
        ("ContractWord IS NOT NULL", "abc"),
        ("ContractNumber > 1", "bc"),
        ("ContractNumber >= 1 AND ContractNumber < 3", "ab"),
        ("ContractNumber BETWEEN 2 AND 3", "bc"),
        ("ContractNumber NOT BETWEEN 2 AND 3", "a"),
        ("ContractFlag = true", "a"),
        ("ContractFlag = false", "b"),
        ("ContractDay < '2026-01-02T00:00:00Z'", "a"),
        ("ContractWords = 'x'", "ab"),
        ("ContractWords IN ('y', 'z')", "b"),
        ("NOT ContractWord = 'red'", "c"),
        ("ContractWord = 'red' AND (ContractNumber = 1 OR ContractNumber = 2)", "ab"),
        ("ContractWord = 'green' OR ContractFlag = true", "ac"),
        ("`ContractWord` = \"green\"", "c"),
        ("StartTime > '2020-01-01T00:00:00Z' AND WorkflowType = 'Nothing'", "abcde"),
        ("CloseTime IS NULL", "abcd"),
    ];

    protected async Task EveryFormOfAQueryFindsWhatItIsTrueOfAsync()
    {
        ITemporalClient client = await BeginAsync();
        List<string> wrong = [];
        foreach ((string query, string found) in Queries)
        {
            string all = await FoundAsync(client, query);
            if (all != found)
            {
                wrong.Add($"{query} finds {all} and not {found}");
            }
        }

        Assert.Empty(wrong);
    }

    protected async Task QueryThatMeansNothingIsRefusedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        List<string> accepted = [];
        foreach (string query in new[]
        {
            "Nonsense = 'x'", "WorkflowId =", "WorkflowId = 'a' AND", "(WorkflowId = 'a'", "WorkflowId LIKE 'a%'",
            "WorkflowId = 'a' LIMIT 3", "StartTime > 'yesterday'",
        })
        {
            try
            {
                await client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = client.Options.Namespace, Query = query });
                accepted.Add(query);
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
            {
                // As it should be.
            }
        }

        Assert.Empty(accepted);
    }

    protected async Task CountByGroupAndPagesAddUpAsync()
    {
        ITemporalClient client = await BeginAsync();
        WorkflowExecutionCount count = await client.CountWorkflowsAsync($"WorkflowId STARTS_WITH '{Id}' GROUP BY ExecutionStatus");
        Assert.Equal(5, count.Count);
        Assert.Equal(
            ["Running 4", "Terminated 1"],
            count.Groups.Select(group => $"{group.GroupValues.Single()} {group.Count}").Order(StringComparer.Ordinal));

        List<string> seen = [];
        Google.Protobuf.ByteString token = Google.Protobuf.ByteString.Empty;
        do
        {
            ListWorkflowExecutionsResponse page = await client.WorkflowService.ListWorkflowExecutionsAsync(new()
            {
                Namespace = client.Options.Namespace, Query = $"WorkflowId STARTS_WITH '{Id}'", PageSize = 2, NextPageToken = token,
            });
            Assert.True(page.Executions.Count <= 2);
            seen.AddRange(page.Executions.Select(execution => execution.Execution.WorkflowId[^1..]));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);
        Assert.Equal("abcde", string.Concat(seen.Order(StringComparer.Ordinal)));
        Assert.Equal(5, seen.Count);
    }

    private async Task<ITemporalClient> BeginAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await RegisterAsync(client);
        await StartAsync(client, "a", new SearchAttributeCollection.Builder().Set(Word, "red").Set(Number, 1).Set(Flag, true)
            .Set(Day, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Set(Words, ["x"]).ToSearchAttributeCollection());
        await StartAsync(client, "b", new SearchAttributeCollection.Builder().Set(Word, "red").Set(Number, 2).Set(Flag, false)
            .Set(Day, new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero)).Set(Words, ["x", "y"]).ToSearchAttributeCollection());
        await StartAsync(client, "c", new SearchAttributeCollection.Builder().Set(Word, "green").Set(Number, 3)
            .ToSearchAttributeCollection());
        await StartAsync(client, "d", SearchAttributeCollection.Empty);
        await (await StartAsync(client, "e", SearchAttributeCollection.Empty)).TerminateAsync("enough");
        await UntilAsync(async () => (await client.CountWorkflowsAsync($"WorkflowId STARTS_WITH '{Id}'")).Count == 5
            && (await client.CountWorkflowsAsync($"WorkflowId STARTS_WITH '{Id}' AND ExecutionStatus = 'Terminated'")).Count == 1);
        return client;
    }

    private Task<WorkflowHandle> StartAsync(ITemporalClient client, string name, SearchAttributeCollection attributes) =>
        client.StartWorkflowAsync("Nothing", [], new($"{Id}/{name}", Id) { TypedSearchAttributes = attributes });

    private async Task<string> FoundAsync(ITemporalClient client, string query)
    {
        List<string> names = [];
        await foreach (WorkflowExecution found in client.ListWorkflowsAsync($"WorkflowId STARTS_WITH '{Id}' AND ({query})"))
        {
            names.Add(found.Id[^1..]);
        }

        return string.Concat(names.Order(StringComparer.Ordinal));
    }

    private static async Task RegisterAsync(ITemporalClient client)
    {
        try
        {
            await client.OperatorService.AddSearchAttributesAsync(new()
            {
                Namespace = client.Options.Namespace,
                SearchAttributes =
                {
                    [Word.Name] = IndexedValueType.Keyword, [Number.Name] = IndexedValueType.Int, [Flag.Name] = IndexedValueType.Bool,
                    [Day.Name] = IndexedValueType.Datetime, [Words.Name] = IndexedValueType.KeywordList,
                },
            });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists)
        {
            // By a test before this one.
        }

        await UntilAsync(async () => (await client.OperatorService.ListSearchAttributesAsync(
            new() { Namespace = client.Options.Namespace })).CustomAttributes.ContainsKey(Words.Name));
    }
}

/// <summary>Visibility of the server in the box.</summary>
public sealed class BoxVisibilityTests(BoxServer server) : VisibilityContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task EveryForm_OfAQuery_FindsWhatItIsTrueOf() => EveryFormOfAQueryFindsWhatItIsTrueOfAsync();

    [Fact]
    public Task Query_ThatMeansNothing_IsRefused() => QueryThatMeansNothingIsRefusedAsync();

    [Fact]
    public Task Count_ByGroup_AndPagesAddUp() => CountByGroupAndPagesAddUpAsync();
}

/// <summary>Visibility of a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealVisibilityTests(RealServer server) : VisibilityContract(server.ConnectAsync)
{
    [LabFact]
    public Task EveryForm_OfAQuery_FindsWhatItIsTrueOf() => EveryFormOfAQueryFindsWhatItIsTrueOfAsync();

    [LabFact]
    public Task Query_ThatMeansNothing_IsRefused() => QueryThatMeansNothingIsRefusedAsync();

    [LabFact]
    public Task Count_ByGroup_AndPagesAddUp() => CountByGroupAndPagesAddUpAsync();
}
