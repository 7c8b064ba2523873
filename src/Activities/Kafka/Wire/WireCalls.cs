using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>Asks the first broker that answers, within the limit of a call.</summary>
internal sealed class WireCalls(IOptions<KafkaClientOptions> options, TimeProvider timeProvider)
{
    private TimeSpan Limit => options.Value.CallTimeout;

    /// <summary>Runs a question with a connection of its own.</summary>
    /// <exception cref="KafkaUnreadableException">No broker answers, or one refuses.</exception>
    public async Task<T> RunAsync<T>(
        KafkaAddress address, string source, Func<WireConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        List<string> failures = [];
        foreach (string server in address.BootstrapServers.Split(',', StringSplitOptions.TrimEntries))
        {
            try
            {
                int colon = server.LastIndexOf(':');
                await using WireConnection connection = await WireConnection.OpenAsync(
                    server[..colon], int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture), address.Credentials, either.Token);
                return await ask(connection, either.Token);
            }
            catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new KafkaUnreadableException(source, $"no answer within {Limit.TotalSeconds:0.#} s. {string.Join(' ', failures)}".TrimEnd(), e);
            }
            catch (WireException e)
            {
                throw new KafkaUnreadableException(source, $"{server}: {e.Message.TrimEnd('.')}.", e) { Code = e.Code };
            }
            catch (Exception e) when (e is SocketException or IOException or AuthenticationException or FormatException)
            {
                failures.Add($"{server}: {e.Message.TrimEnd('.')}.");
            }
        }

        throw new KafkaUnreadableException(source, string.Join(' ', failures));
    }
}
