using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Orchestrator.Kubernetes;

/// <summary>Makes the error where there was no answer, or not a whole one.</summary>
internal static class MissingAnswer
{
    /// <summary>Whether this is how a connection fails, a time limit and a compressed answer that breaks off included.</summary>
    public static bool IsCauseOf(Exception e) =>
        e is HttpRequestException or IOException or InvalidDataException or SocketException or WebSocketException or OperationCanceledException;

    /// <summary>The call ran out of its own time.</summary>
    public static KubernetesException TimedOut(ApiRequest request, TimeSpan limit, Exception inner) =>
        Make(request, $"no answer within {limit.TotalSeconds:0.###} s", isTransient: true, inner);

    /// <summary>The connection could not be made, or broke.</summary>
    public static KubernetesException From(ApiRequest request, Exception inner)
    {
        if (inner.InnerException is AuthenticationException untrusted)
        {
            return Make(request, $"no secure connection: {Innermost(untrusted).Message}", isTransient: false, inner);
        }

        string what = inner switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => "the server cannot be reached",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy does not let through",
            OperationCanceledException => "the server cannot be reached",
            _ => "the connection broke",
        };
        return Make(request, $"{what}: {Innermost(inner).Message}", isTransient: true, inner);
    }

    /// <summary>There was an answer, and it is not what the API answers.</summary>
    public static KubernetesException Unreadable(ApiRequest request, string what, Exception? inner) => Make(request, what, isTransient: false, inner);

    private static KubernetesException Make(ApiRequest request, string what, bool isTransient, Exception? inner) =>
        new($"{request}: {what}", inner) { Verb = request.Verb, Resource = request.Resource, IsTransient = isTransient };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
