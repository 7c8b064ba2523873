using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Pods;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers what is asked of a pod beside itself: eviction, binding to a node, log, commands.</summary>
internal sealed class PodRequests(KubernetesApi api, IPodRuntime runtime)
{
    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(ApiRequest request) => (request.Subresource, request.Verb) switch
    {
        ("eviction", "create") => EvictAsync(request),
        ("binding", "create") => BindAsync(request),
        ("log", "get") => LogAsync(request),
        ("exec", "create" or "get") => ExecAsync(request),
        _ => throw StatusException.MethodNotAllowed(),
    };

    private async Task EvictAsync(ApiRequest request)
    {
        JsonObject eviction = await RequestBody.ReadOptionalAsync(request.Http) ?? [];
        JsonNode? options = eviction["deleteOptions"];
        Eviction.Evict(api, request.Namespace!, request.Name!, new DeletionOptions
        {
            GracePeriodSeconds = options?["gracePeriodSeconds"]?.GetValue<long>(),
            Uid = (string?)options?["preconditions"]?["uid"],
            ResourceVersion = (string?)options?["preconditions"]?["resourceVersion"],
            PropagationPolicy = (string?)options?["propagationPolicy"],
            IsDryRun = request.IsDryRun() || (string?)(options?["dryRun"] as JsonArray)?[0] == "All",
        });
        await SuccessAsync(request);
    }

    private async Task BindAsync(ApiRequest request)
    {
        JsonObject binding = await RequestBody.ReadOptionalAsync(request.Http) ?? [];
        string node = (string?)binding["target"]?["name"] ?? "";
        api.Bind(request.Key, node);
        await SuccessAsync(request);
    }

    private async Task LogAsync(ApiRequest request)
    {
        StoredObject pod = api.Store.Find(request.Key) ?? throw StatusException.NotFound(request.Key);
        PodLogRequest log = new(request.Namespace!, request.Name!, ContainerOf(pod, request.Query("container")))
        {
            Previous = request.Flag("previous"),
            Follow = request.Flag("follow"),
            TailLines = int.TryParse(request.Query("tailLines"), out int count) ? count : null,
            Since = SinceOf(request),
        };
        // What is not there is refused before anything is answered.
        IAsyncEnumerable<LogLine> lines = runtime.ReadLog(log, request.Http.RequestAborted);
        bool hasTimes = request.Flag("timestamps");
        HttpResponse response = request.Http.Response;
        response.ContentType = "text/plain";
        await response.StartAsync(request.Http.RequestAborted);
        await foreach (LogLine line in lines)
        {
            string text = hasTimes ? $"{line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {line.Text}\n" : $"{line.Text}\n";
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), request.Http.RequestAborted);
            if (log.Follow)
            {
                await response.Body.FlushAsync(request.Http.RequestAborted);
            }
        }
    }

    private DateTimeOffset? SinceOf(ApiRequest request) =>
        long.TryParse(request.Query("sinceSeconds"), out long seconds) ? api.Store.Clock.GetUtcNow().AddSeconds(-seconds)
        : DateTimeOffset.TryParse(request.Query("sinceTime"), CultureInfo.InvariantCulture, out DateTimeOffset time) ? time
        : null;

    private async Task ExecAsync(ApiRequest request)
    {
        StoredObject pod = api.Store.Find(request.Key) ?? throw StatusException.NotFound(request.Key);
        string container = ContainerOf(pod, request.Query("container"));
        string[] command = [.. request.Http.Request.Query["command"].Select(each => each ?? "")];
        if (command.Length == 0)
        {
            throw StatusException.BadRequest("you must specify at least 1 command for the container");
        }

        if (!pod.Spec.TryGetProperty("nodeName", out _))
        {
            throw StatusException.BadRequest($"pod {pod.Name} does not have a host assigned");
        }

        if (!request.Http.WebSockets.IsWebSocketRequest)
        {
            throw StatusException.BadRequest("Upgrade request required");
        }

        await ExecSocket.RunAsync(
            request,
            (input, output, error, cancellationToken) => Runs(pod, container)
                ? runtime.ExecAsync(
                    new PodCommand(request.Namespace!, request.Name!, container, command, input, output, error), cancellationToken)
                : throw new StatusException(
                    500,
                    "InternalError",
                    $"Internal error occurred: unable to upgrade connection: container not found (\"{container}\")"));
    }

    private static bool Runs(StoredObject pod, string container) =>
        pod.Status.Items("containerStatuses").Concat(pod.Status.Items("initContainerStatuses"))
            .Any(each => each.Text("name") == container && each.At("state", "running") is not null);

    private static string ContainerOf(StoredObject pod, string? asked)
    {
        List<string> names = [.. pod.Spec.GetProperty("containers").EnumerateArray().Select(each => each.GetProperty("name").GetString()!)];
        List<string> all = [.. names];
        if (pod.Spec.TryGetProperty("initContainers", out JsonElement init))
        {
            all.AddRange(init.EnumerateArray().Select(each => each.GetProperty("name").GetString()!));
        }

        if (asked is not null)
        {
            return all.Contains(asked)
                ? asked
                : throw StatusException.BadRequest($"container {asked} is not valid for pod {pod.Name}");
        }

        return names.Count == 1
            ? names[0]
            : throw StatusException.BadRequest(
                $"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', names)}]");
    }

    private static Task SuccessAsync(ApiRequest request) => ObjectWriter.AnswerAsync(
        request.Http,
        new JsonObject
        {
            ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201,
        },
        201);
}
