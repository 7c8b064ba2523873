using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>Asks through the Jolokia agent of each process: one HTTP call for all of its beans.</summary>
internal sealed class JolokiaNodeProbe : INodeProbe, IDisposable
{
    private readonly TimeSpan _limit;
    private readonly HttpClients _clients = new(TimeProvider.System);

    public JolokiaNodeProbe(IOptions<KafkaClientOptions> options) => _limit = options.Value.JolokiaTimeout;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NodeReading>> ReadAsync(IReadOnlyList<NodeAddress> nodes, CancellationToken cancellationToken) =>
        await Task.WhenAll(nodes.Select(node => ReadAsync(node, cancellationToken)));

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private async Task<NodeReading> ReadAsync(NodeAddress node, CancellationToken cancellationToken)
    {
        if (node.Jolokia is not { } address)
        {
            return new(node.Pod, node.NodeId, $"pod {node.Pod} has no address yet.");
        }

        using CancellationTokenSource limit = new(_limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, address);
            request.Content = new StringContent(JolokiaBeans.Request, new MediaTypeHeaderValue("application/json"));
            request.Headers.Authorization = node.Access?.Authorization;
            request.Options.Set(HttpClients.Dial, node.Dial);
            using HttpResponseMessage response = await _clients.Of(node.Access?.CertificateAuthority).SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? JolokiaBeans.Read(node, await response.Content.ReadFromJsonAsync<JsonNode>(either.Token))
                : new(node.Pod, node.NodeId, $"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(node.Pod, node.NodeId, $"{address} did not answer within {_limit.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException e)
        {
            return new(node.Pod, node.NodeId, $"{address} does not answer: {(e.InnerException ?? e).Message}.");
        }
        catch (CryptographicException)
        {
            // Its text may repeat what the reference led to.
            return new(
                node.Pod, node.NodeId, $"JolokiaSecurity:CertificateAuthority has no PEM certificates to verify {address} with.");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or ArgumentException or NotSupportedException)
        {
            // Whatever JSON an agent, or a proxy in front of it, answers with: types, names that come twice, character sets.
            return new(node.Pod, node.NodeId, $"{address} did not answer as Jolokia does: {e.Message}");
        }
    }
}
