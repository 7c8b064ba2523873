using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Kafka.Sandbox;

/// <summary>Calls to a cluster in the box, each within the limit of a call of the admin client.</summary>
internal sealed class SandboxCalls(IOptions<KafkaClientOptions> options, TimeProvider timeProvider) : IDisposable
{
    private readonly HttpClients _clients = new(timeProvider);

    /// <summary>The longest that one call may take.</summary>
    public TimeSpan Limit => options.Value.CallTimeout;

    /// <summary>Asks for something, and reads the answer.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">What is asked, below the address.</param>
    /// <param name="body">What is sent along; null: nothing.</param>
    /// <param name="source">What is read, for errors.</param>
    /// <param name="needs">The right that the call needs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaUnreadableException">No broker answers, or one refuses.</exception>
    public async Task<T> RunAsync<T>(
        KafkaAddress address,
        HttpMethod method,
        string path,
        object? body,
        string source,
        string needs,
        CancellationToken cancellationToken)
    {
        Uri at = SandboxAddress.Base(address.BootstrapServers)
            ?? throw new KafkaUnreadableException(source, $"{address.BootstrapServers} is not {SandboxAddress.Scheme}host:port.");
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = new(method, new Uri(at, path));
            request.Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web);
            request.Headers.Authorization = Login(address);
            using HttpResponseMessage response = await _clients.Of(null).SendAsync(request, either.Token);
            if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                Refusal refusal = (await response.Content.ReadFromJsonAsync<Refusal>(either.Token))!;
                throw Enum.TryParse(refusal.Code, out ErrorCode code)
                    ? KafkaUnreadableException.Of(source, $"{address.BootstrapServers}: {refusal.Reason.TrimEnd('.')}.", code, needs)
                    : new KafkaUnreadableException(source, $"{address.BootstrapServers}: {refusal.Reason.TrimEnd('.')}.");
            }

            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<T>(either.Token))!
                : throw new KafkaUnreadableException(
                    source, $"{address.BootstrapServers} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new KafkaUnreadableException(source, $"no answer within {Limit.TotalSeconds:0.#} s.", e);
        }
        catch (HttpRequestException e)
        {
            throw new KafkaUnreadableException(
                source, $"{address.BootstrapServers} does not answer: {(e.InnerException ?? e).Message.TrimEnd('.')}.", e);
        }
        catch (JsonException e)
        {
            throw new KafkaUnreadableException(source, $"{address.BootstrapServers} is not a cluster in the sandbox: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private static AuthenticationHeaderValue? Login(KafkaAddress address) => address.Credentials is { Username: { } user } credentials
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{credentials.Password}")))
        : null;

    private sealed record Refusal(string? Code, string Reason);
}
