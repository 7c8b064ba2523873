using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>The calls of the box over HTTP. What no process answers breaks off, as a connection does that nobody takes.</summary>
internal sealed class KafkaApi(ClusterState state, KafkaAdmin admin)
{
    private readonly ClusterReadings _readings = new(state);
    private readonly TopicWrites _writes = new(state, admin);
    private readonly JolokiaAgent _jolokia = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cluster", (HttpContext context) => Ask(context, _readings.Cluster));
        routes.MapGet("/v1/topics", (HttpContext context) => Ask(context, _readings.Topics));
        routes.MapGet("/v1/eligible-leaders", (HttpContext context) => Ask(context, _readings.Eligible));
        routes.MapGet("/v1/quorum", (HttpContext context) => Ask(context, _readings.Quorum));
        routes.MapGet("/v1/brokers/{id:int}/disk", (HttpContext context, int id) => Ask(
            context,
            user => _readings.Disk(user, id)
                ?? throw new KafkaRefusalException("Local_Transport", $"broker {id} does not answer.")));
        routes.MapPost("/v1/preferred-leaders", (HttpContext context) => Ask(
            context, user => new CountAnswer(_readings.ElectPreferred(user))));
        routes.MapPut("/v1/topics/{name}", (HttpContext context, string name, TopicRequest wanted) => Ask(
            context, user => new CountAnswer(_writes.Ensure(user, name, wanted))));
        routes.MapPost(
            "/v1/topics/{name}/{partition:int}/records",
            (HttpContext context, string name, int partition, RecordBody body) => Ask(
                context, user => new OffsetAnswer(_writes.Write(user, name, partition, body.Value))));
        routes.MapGet(
            "/v1/topics/{name}/{partition:int}/records/{offset:long}",
            (HttpContext context, string name, int partition, long offset) => Ask(
                context, user => new RecordBody(_writes.Read(user, name, partition, offset))));
        routes.MapDelete("/v1/topics/{name}/records", (HttpContext context, string name) => Ask(context, user =>
        {
            _writes.Empty(user, name);
            return new CountAnswer(0);
        }));
        routes.MapPost("/nodes/{node:int}/jolokia/", Jolokia);
    }

    private IResult Ask<T>(HttpContext context, Func<string?, T> answer)
    {
        try
        {
            return state.Change(() =>
            {
                if (_readings.Answering is null)
                {
                    return Break(context);
                }

                (string? user, string? password) = Login(context);
                state.Access.LogIn(user, password);
                return Results.Json(answer(user));
            });
        }
        catch (KafkaRefusalException e)
        {
            return Results.Json(new RefusalAnswer(e.Code, e.Message), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private IResult Jolokia(HttpContext context, int node, JsonNode request) =>
        state.Change(() => _jolokia.Answer(node, request)) is { } answer ? Results.Json(answer) : Break(context);

    private static IResult Break(HttpContext context)
    {
        context.Abort();
        return Results.Empty;
    }

    private static (string? User, string? Password) Login(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out AuthenticationHeaderValue? header)
            || header is not { Scheme: "Basic", Parameter: { } parameter })
        {
            return (null, null);
        }

        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(parameter)).Split(':', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : (null, null);
    }
}
