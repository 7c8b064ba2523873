using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Errors;

/// <summary>An API server that has no seat for a user: it answers 429 and says when to come again.</summary>
[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class OverloadTests(ApiServer api) : BoundedTest
{
    private static readonly ResourceType Levels = new(
        "flowcontrol.apiserver.k8s.io", "v1", "prioritylevelconfigurations", Namespaced: false);
    private static readonly ResourceType Schemas = new("flowcontrol.apiserver.k8s.io", "v1", "flowschemas", Namespaced: false);
    private static readonly V1ResourceAttributes Question = new() { Verb = "list", Resource = "pods", NamespaceProperty = "default" };

    [LabFact]
    public async Task Calls_OfAUserWithoutSeatsAndWithoutTime_FailWithTheTimeToWait()
    {
        await TakeSeatsAsync();
        try
        {
            using IKubernetes viewer = Viewer(TimeSpan.FromSeconds(0.9));
            ApiException? error = null;
            while (error is null)
            {
                Task<V1SubjectAccessReviewStatus>[] burst = Burst(viewer, 20);
                await ((Task)Task.WhenAll(burst)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                error = burst.Select(call => call.Exception?.InnerException).OfType<ApiException>().FirstOrDefault(
                    failed => failed.StatusCode is not null);
                Limit.ThrowIfCancellationRequested();
            }

            Assert.Equal(
                (HttpStatusCode.TooManyRequests, true, TimeSpan.FromSeconds(1)), (error.StatusCode, error.IsTransient, error.RetryAfter));
        }
        finally
        {
            await GiveSeatsAsync();
        }
    }

    [LabFact]
    public async Task Calls_OfAUserWithoutSeats_WaitAsToldAndGetThrough()
    {
        await TakeSeatsAsync();
        using AnswerMeter answers = new(api.Connection.Server.Port);
        try
        {
            using IKubernetes viewer = Viewer(TimeSpan.FromSeconds(30));
            while (!answers.StatusCodes.Contains(429))
            {
                Assert.All(await Task.WhenAll(Burst(viewer, 4)), review => Assert.False(review.Allowed));
            }

            Assert.Equal([201, 429], answers.StatusCodes.Distinct().Order());
        }
        finally
        {
            await GiveSeatsAsync();
        }
    }

    // Even a user without seats is given one while nobody has any: only those who come together are refused.
    private Task<V1SubjectAccessReviewStatus>[] Burst(IKubernetes viewer, int calls) =>
        [.. Enumerable.Range(0, calls).Select(_ => viewer.ReviewAccessAsync(Question, Limit))];

    private IKubernetes Viewer(TimeSpan timeout) => (api.Viewer with { Timeout = timeout }).Open(TimeProvider.System);

    private async Task TakeSeatsAsync()
    {
        await CreateAsync(Levels, """
            {"apiVersion": "flowcontrol.apiserver.k8s.io/v1", "kind": "PriorityLevelConfiguration", "metadata": {"name": "no-seats"},
             "spec": {"type": "Limited", "limited": {
               "nominalConcurrencyShares": 0, "borrowingLimitPercent": 0, "limitResponse": {"type": "Reject"} } } }
            """);
        await CreateAsync(Schemas, """
            {"apiVersion": "flowcontrol.apiserver.k8s.io/v1", "kind": "FlowSchema", "metadata": {"name": "no-seats"},
             "spec": {"priorityLevelConfiguration": {"name": "no-seats"}, "matchingPrecedence": 10, "rules": [{
               "subjects": [{"kind": "User", "user": {"name": "viewer"} }],
               "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": true}]}]} }
            """);
    }

    private Task CreateAsync(ResourceType type, string json) => api.Admin.CreateAsync(type, null, JsonNode.Parse(json)!.AsObject(), Limit);

    private async Task GiveSeatsAsync()
    {
        await api.Admin.DeleteAsync(Schemas, null, "no-seats", null, Limit);
        await api.Admin.DeleteAsync(Levels, null, "no-seats", null, Limit);
        while (await api.Admin.FindAsync(Levels, null, "no-seats", Limit) is not null)
        {
            await Task.Delay(20, Limit);
        }
    }
}
