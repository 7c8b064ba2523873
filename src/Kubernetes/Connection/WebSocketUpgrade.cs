using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Orchestrator.Kubernetes;

/// <summary>The wish to go on as a WebSocket, in one of these subprotocols.</summary>
/// <remarks>
/// By hand, because the platform's ClientWebSocket throws away the body of a refusal, which says why.
/// </remarks>
internal sealed record WebSocketUpgrade(IReadOnlyList<string> Protocols)
{
    public void AddTo(HttpRequestHeaders headers)
    {
        headers.Connection.Add("Upgrade");
        headers.TryAddWithoutValidation("Upgrade", "websocket");
        headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        headers.TryAddWithoutValidation("Sec-WebSocket-Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", string.Join(", ", Protocols));
    }

    /// <summary>The subprotocol that the server chose; null when it chose none of ours.</summary>
    public string? Chosen(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Sec-WebSocket-Protocol", out IEnumerable<string>? chosen) && chosen.First() is { } protocol && Protocols.Contains(protocol)
            ? protocol
            : null;
}
