using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>The faults of a cluster in the box over HTTP, one call each, by the name that <see cref="KafkaFaults"/> has for it.</summary>
internal sealed class FaultApi(KafkaFaults faults, KafkaProcesses processes)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/faults");
        group.MapPost("/kill", (int node) => Do(() => processes.Kill(node)));
        group.MapPost("/stop", (int node) => Do(() => processes.Stop(node)));
        group.MapPost("/start", (int node, string? version) => Do(() => processes.Start(node, version)));
        group.MapPost("/slow-catch-up", (int broker, double factor) => Do(() => faults.SlowCatchUp(broker, factor)));
        group.MapPost(
            "/hold-replica", (string topic, int partition, int broker) => Do(() => faults.HoldReplica(topic, partition, broker)));
        group.MapPost(
            "/release-replica", (string topic, int partition, int broker) => Do(() => faults.ReleaseReplica(topic, partition, broker)));
        group.MapPost("/cut-listener", (int broker) => Do(() => faults.CutListener(broker)));
        group.MapPost("/mend-listener", (int broker) => Do(() => faults.MendListener(broker)));
        group.MapPost("/cut-off-controller", (int controller) => Do(() => faults.CutOffController(controller)));
        group.MapPost("/join-controller", (int controller) => Do(() => faults.JoinController(controller)));
        group.MapPost("/hold-controller", (int controller) => Do(() => faults.HoldController(controller)));
        group.MapPost("/release-controller", (int controller) => Do(() => faults.ReleaseController(controller)));
        group.MapPost("/fill-disk", (int broker, int percent) => Do(() => faults.FillDisk(broker, percent)));
        group.MapPost("/fail-folder", (int broker, int folder) => Do(() => faults.FailFolder(broker, folder)));
        group.MapPost("/replace-disks", (int broker) => Do(() => faults.ReplaceDisks(broker)));
    }

    private static IResult Do(Action fault)
    {
        try
        {
            fault();
            return Results.NoContent();
        }
        catch (KafkaRefusalException e)
        {
            return Results.Json(new RefusalAnswer(e.Code, e.Message), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (ArgumentOutOfRangeException e)
        {
            return Results.Json(new RefusalAnswer("InvalidRequest", e.Message), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
