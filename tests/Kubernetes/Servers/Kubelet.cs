using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>
/// A node whose kubelet is this test: the API server sends it what is asked of the containers of its pods. Programs are run by the
/// delegate, which gets the command and the input.
/// </summary>
public sealed class Kubelet : IAsyncDisposable
{
    private readonly ApiServer _api;
    private readonly ScriptedServer _server;

    private Kubelet(ApiServer api, ScriptedServer server, string node)
    {
        _api = api;
        _server = server;
        Node = node;
    }

    /// <summary>Name of the node.</summary>
    public string Node { get; }

    public static async Task<Kubelet> StartAsync(
        ApiServer api, RequestDelegate log, Func<IReadOnlyList<string>, string, ProgramEnd> run, CancellationToken cancellationToken)
    {
        using TestAuthority authority = TestAuthority.NewRoot("kubelet");
        ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Request.Path.StartsWithSegments("/exec") ? ExecAsync(
                context, run) : log(context), authority.NewServer([]), null);
        JsonObject node = await api.Admin.CreateAsync(
            ResourceType.Nodes,
            null,
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["metadata"] = new JsonObject { ["generateName"] = "kubelet-" } },
            cancellationToken);
        JsonObject status = new()
        {
            ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" }),
            ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = server.Address.Port } },
        };
        await api.Admin.MergePatchAsync(
            ResourceType.Nodes, null, node.Name(), new JsonObject { ["status"] = status }, "status", cancellationToken);
        return new Kubelet(api, server, node.Name());
    }

    /// <summary>Creates a pod with one container on this node.</summary>
    public Task CreatePodAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        _api.CreatePodAsync(@namespace, name, Node, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _api.Admin.DeleteAsync(ResourceType.Nodes, null, Node, null, CancellationToken.None);
        await _server.DisposeAsync();
    }

    private static async Task ExecAsync(HttpContext context, Func<IReadOnlyList<string>, string, ProgramEnd> run)
    {
        IQueryCollection query = context.Request.Query;
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = SpdyExec.Protocol;
        context.Response.Headers["X-Stream-Protocol-Version"] = "v4.channel.k8s.io";
        await using Stream stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        using SpdyExec exec = new(stream, query.ContainsKey("input"));
        string input = await exec.ReceiveInputAsync(context.RequestAborted);
        await exec.SendEndAsync(run([.. query["command"]!], input), context.RequestAborted);
    }
}
