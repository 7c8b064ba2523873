using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>Reads JMX attributes over Jolokia's HTTP protocol.</summary>
internal sealed class JolokiaReader(HttpClient http)
{
    // A pod that hangs answers nothing at all; the roll asks again a second later anyway.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Reads the attributes of one bean.</summary>
    /// <exception cref="JolokiaException">The agent cannot be reached, or the process has no such bean.</exception>
    public async Task<JsonObject> ReadAsync(
        RolledPod pod, string bean, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        Uri address = pod.Jolokia ?? throw new JolokiaException($"Pod {pod.Name} has no address.");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            JsonObject request = new()
            {
                ["type"] = "read",
                ["mbean"] = bean,
                ["attribute"] = new JsonArray([.. attributes.Select(attribute => JsonValue.Create(attribute))]),
            };
            using HttpResponseMessage response = await http.PostAsJsonAsync(address, request, limit.Token);
            JsonObject? reply = await response.Content.ReadFromJsonAsync<JsonObject>(limit.Token);
            return (int?)reply?["status"] == 200 && reply["value"] is JsonObject value
                ? value
                : throw new JolokiaException($"Pod {pod.Name} gives no {bean}: {(string?)reply?["error"]}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new JolokiaException($"Jolokia of pod {pod.Name} at {address} does not answer: {e.Message}", e);
        }
    }
}
