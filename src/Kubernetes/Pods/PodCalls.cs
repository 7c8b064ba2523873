using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Orchestrator.Kubernetes;

/// <summary>What can be done with a pod beyond reading and writing it.</summary>
public static class PodCalls
{
    /// <summary>
    /// Evicts a pod as far as the disruption budgets allow: asks once, and waits for nothing. Another pod of the name than the one with
    /// <see cref="DeleteOptions.Uid"/> means that ours is gone; with <see cref="DeleteOptions.DryRun"/>, the budgets are asked and nothing
    /// is evicted.
    /// </summary>
    /// <exception cref="ApiException">The server did not decide; also when several budgets cover the pod, which is a 500.</exception>
    public static async Task<EvictionResult> EvictAsync(
        this IKubernetes kubernetes, string @namespace, string pod, DeleteOptions? options, CancellationToken cancellationToken)
    {
        options ??= new DeleteOptions();
        ResourceAddress address = ResourceAddress.Object(ResourceType.Pods, @namespace, pod);
        V1Eviction eviction = new()
        {
            Metadata = new V1ObjectMeta { Name = pod, NamespaceProperty = @namespace }, DeleteOptions = options.ToModel(),
        };
        try
        {
            await ClusterClient.Of(kubernetes).CoreV1.CreateNamespacedPodEvictionAsync(
                eviction, address.NamePart, address.NamespacePart, options.DryRun ? "All" : null, cancellationToken: cancellationToken);
            return EvictionResult.Evicted;
        }
        catch (ApiException e) when (e.IsNotFound || (e.IsConflict && options.Uid is not null))
        {
            return EvictionResult.AlreadyGone;
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.TooManyRequests && IsOfABudget(e))
        {
            return EvictionResult.Refused(e);
        }
    }

    /// <summary>
    /// Runs a program in a container and waits for its end. Over a WebSocket: the user needs <c>get</c> and <c>create</c> of
    /// <c>pods/exec</c>, of which older servers ask the one and newer ones both. The server must be of release 1.30 or later.
    /// </summary>
    /// <exception cref="ApiException">
    /// The program could not be started, did not end in time, or its exit code did not arrive: it may have run.
    /// </exception>
    public static async Task<ExecResult> ExecAsync(
        this IKubernetes kubernetes, string @namespace, string pod, ExecOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ClusterClient client = ClusterClient.Of(kubernetes);
        ResourceAddress address = ResourceAddress.Object(ResourceType.Pods, @namespace, pod);
        ApiCall call = new("EXEC", new ResourcePath("", @namespace, "pods", pod, "exec").ToString(), client.Server);
        using CallDeadline deadline = new(options.Timeout, client.TimeProvider);
        using CancellationTokenSource linked = deadline.Linked(cancellationToken);
        try
        {
            using WebSocket socket = await client.WebSocketNamespacedPodExecAsync(
                address.NamePart,
                address.NamespacePart,
                options.Command,
                options.Container,
                stderr: true,
                stdin: !options.Input.IsEmpty,
                stdout: true,
                tty: false,
                ExecSession.Protocol,
                cancellationToken: linked.Token);
            return socket.SubProtocol == ExecSession.Protocol
                ? await new ExecSession(call, socket, options).RunAsync(linked.Token)
                : throw MissingAnswer.Unreadable(call, $"the server does not speak {ExecSession.Protocol}", null);
        }
        catch (Exception e) when (MissingAnswer.IsCauseOf(e))
        {
            throw deadline.Explain(call, e, cancellationToken);
        }
    }

    // The server's own overload is a 429 as well, and no answer to the question.
    private static bool IsOfABudget(ApiException e) =>
        e.Status?["details"]?["causes"] is JsonArray causes && causes.Any(cause => (string?)cause?["reason"] == "DisruptionBudget");
}
