using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>Tells whether a Kafka process serves: a broker that is running, a controller that knows the quorum's leader.</summary>
internal sealed class KafkaProbe(HttpClient http)
{
    private const int BrokerRunning = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>True if the process serves; any failure to answer is a no.</summary>
    public async Task<bool> IsServingAsync(PodPorts ports, bool isController, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            using TcpClient socket = new();
            await socket.ConnectAsync("127.0.0.1", ports.Listener, limit.Token);
            return isController
                ? (double?)await ReadAsync(ports, "kafka.server:type=raft-metrics/current-leader", limit.Token) >= 0
                : (int?)await ReadAsync(ports, "kafka.server:type=KafkaServer,name=BrokerState/Value", limit.Token) == BrokerRunning;
        }
        catch (Exception e) when (e is SocketException or HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>True if the process answers at all, at this path of its Jolokia agent.</summary>
    public async Task<bool> IsAliveAsync(PodPorts ports, string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"http://127.0.0.1:{ports.Jolokia}{path}"), limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (
            e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<JsonNode?> ReadAsync(PodPorts ports, string path, CancellationToken cancellationToken)
    {
        JsonObject? reply = await http.GetFromJsonAsync<JsonObject>(
            new Uri($"http://127.0.0.1:{ports.Jolokia}/jolokia/read/{path}"), cancellationToken);
        return reply?["value"];
    }
}
