using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Orchestrator.Kubernetes;

/// <summary>Makes the error where there was no answer, or not a whole one.</summary>
internal static class MissingAnswer
{
    /// <summary>Whether this is how a connection fails, a time limit and a compressed answer that breaks off included.</summary>
    public static bool IsCauseOf(Exception e) =>
        e is HttpRequestException or IOException or InvalidDataException or SocketException or WebSocketException
            or OperationCanceledException;

    /// <summary>The call ran out of its own time.</summary>
    public static ApiException TimedOut(ApiCall call, TimeSpan limit, Exception inner) =>
        Make(call, $"no answer within {limit.TotalSeconds:0.###} s", isTransient: true, inner);

    /// <summary>The connection could not be made, or broke.</summary>
    public static ApiException From(ApiCall call, Exception inner)
    {
        if (inner.InnerException is AuthenticationException untrusted)
        {
            return Make(call, $"no secure connection: {Innermost(untrusted).Message}", isTransient: false, inner);
        }

        string what = inner switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
                "the server cannot be reached",
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refuses the connection",
            OperationCanceledException => "the server cannot be reached",
            _ => "the connection broke",
        };
        return Make(call, $"{what}: {Innermost(inner).Message}", isTransient: true, inner);
    }

    /// <summary>There was an answer, and it is not what the API answers.</summary>
    public static ApiException Unreadable(ApiCall call, string what, Exception? inner) => Make(call, what, isTransient: false, inner);

    private static ApiException Make(ApiCall call, string what, bool isTransient, Exception? inner) =>
        new($"{call}: {what}", inner) { Verb = call.Verb, Resource = call.Resource, Server = call.Server, IsTransient = isTransient };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
