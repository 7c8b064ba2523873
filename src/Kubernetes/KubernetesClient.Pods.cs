using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <content>What can be done with a pod beyond reading and writing it.</content>
public sealed partial class KubernetesClient
{
    // The server answers on its own within 30 s; a proxy in between may have gone silently.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Evicts a pod as far as the disruption budgets allow: asks once, and waits for nothing.</summary>
    /// <exception cref="KubernetesException">The server did not decide; also when several budgets cover the pod, which is a 500.</exception>
    public async Task<EvictionResult> EvictAsync(string @namespace, string pod, EvictionOptions? options, CancellationToken cancellationToken)
    {
        options ??= new EvictionOptions();
        ResourceAddress address = ResourceAddress.Object(ResourceType.Pods, @namespace, pod, "eviction");
        ApiRequest request = new("EVICT", HttpMethod.Post, address.ToString(), address.Path + new QueryText().Add("dryRun", options.DryRun ? "All" : null))
        {
            Body = options.ToJson(@namespace, pod),
            WaitsWhenThrottled = false,
        };
        try
        {
            using ApiAnswer answer = await _connection.SendAsync(request, cancellationToken);
            return EvictionResult.Evicted;
        }
        catch (KubernetesException e) when (e.IsNotFound || (e.IsConflict && options.Uid is not null))
        {
            return EvictionResult.AlreadyGone;
        }
        catch (KubernetesException e) when (e.StatusCode == HttpStatusCode.TooManyRequests && IsOfABudget(e))
        {
            return EvictionResult.Refused(e);
        }
    }

    /// <summary>
    /// Reads a container's log line by line; with <see cref="LogOptions.Follow"/>, as it is written. The API server ends a log in the same
    /// way when the container ends and when the node breaks off: who follows looks at the pod then.
    /// </summary>
    /// <exception cref="KubernetesException">There is no such log, or it broke off.</exception>
    public async IAsyncEnumerable<string> ReadLogAsync(
        string @namespace, string pod, LogOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        options ??= new LogOptions();
        ResourceAddress address = ResourceAddress.Object(ResourceType.Pods, @namespace, pod, "log");
        QueryText query = new QueryText()
            .Add("container", options.Container)
            .Add("previous", options.Previous)
            .Add("sinceSeconds", options.Since is { } since ? $"{Math.Max(1, (long)since.TotalSeconds)}" : null)
            .Add("tailLines", options.TailLines is { } lines ? $"{lines}" : null)
            .Add("limitBytes", options.LimitBytes is { } bytes ? $"{bytes}" : null)
            .Add("timestamps", options.Timestamps)
            .Add("follow", options.Follow);
        ApiRequest request = new("LOG", HttpMethod.Get, address.ToString(), address.Path + query) { Accept = "*/*" };
        using ApiStream stream = await _connection.OpenAsync(request, cancellationToken);
        using StreamReader reader = new(stream.Body, Encoding.UTF8);
        while (await stream.ReadLineAsync(reader, cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>
    /// Runs a program in a container and waits for its end. Over a WebSocket: the user needs <c>get</c> and <c>create</c> of
    /// <c>pods/exec</c>, of which older servers ask the one and newer ones both.
    /// </summary>
    /// <exception cref="KubernetesException">
    /// The program could not be started, did not end in time, or its exit code did not arrive: it may have run.
    /// </exception>
    public async Task<ExecResult> ExecAsync(string @namespace, string pod, ExecOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ApiRequest request = ExecRequest(@namespace, pod, options);
        using ApiStream stream = await _connection.OpenAsync(request, cancellationToken);
        if (stream.Protocol is null)
        {
            throw MissingAnswer.Unreadable(stream.Request, $"the server speaks none of {string.Join(", ", request.Upgrade!.Protocols)}", null);
        }

        using WebSocket socket = WebSocket.CreateFromStream(
            stream.Body,
            new WebSocketCreationOptions { SubProtocol = stream.Protocol, KeepAliveInterval = PingInterval, KeepAliveTimeout = PingTimeout });
        using CallDeadline deadline = new(options.Timeout, _connection.TimeProvider, cancellationToken);
        try
        {
            return await new ExecSession(stream.Request, socket, options).RunAsync(deadline.Token);
        }
        catch (Exception e) when (MissingAnswer.IsCauseOf(e))
        {
            throw deadline.Explain(stream.Request, e);
        }
    }

    private static ApiRequest ExecRequest(string @namespace, string pod, ExecOptions options)
    {
        ResourceAddress address = ResourceAddress.Object(ResourceType.Pods, @namespace, pod, "exec");
        QueryText query = new QueryText().Add("container", options.Container).Add("stdin", !options.Input.IsEmpty).Add("stdout", true).Add("stderr", true);
        foreach (string word in options.Command)
        {
            query.AddEvenEmpty("command", word);
        }

        return new ApiRequest("EXEC", HttpMethod.Get, address.ToString(), address.Path + query)
        {
            // Version 4 cannot tell the program that its input has ended.
            Upgrade = new WebSocketUpgrade(options.Input.IsEmpty ? [ExecSession.Version5, ExecSession.Version4] : [ExecSession.Version5]),
        };
    }

    // The server's own overload is a 429 as well, and no answer to the question.
    private static bool IsOfABudget(KubernetesException e) =>
        e.Status?["details"]?["causes"] is JsonArray causes
        && causes.Any(cause => cause?["reason"]?.GetValue<string>() == "DisruptionBudget");
}
