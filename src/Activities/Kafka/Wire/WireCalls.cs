using System.Globalization;
using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>Asks the first broker that answers, within the limit of a call.</summary>
internal sealed class WireCalls(IOptions<KafkaClientOptions> options)
{
    private TimeSpan Limit => options.Value.CallTimeout;

    /// <summary>Runs a question with a connection of its own.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="source">What is read, for errors.</param>
    /// <param name="needs">The right that the question needs.</param>
    /// <param name="ask">The question.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaUnreadableException">No broker answers, or one refuses.</exception>
    public async Task<T> RunAsync<T>(
        KafkaAddress address,
        string source,
        string needs,
        Func<WireConnection, CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        List<string> failures = [];
        foreach (string server in address.BootstrapServers.Split(',', StringSplitOptions.TrimEntries))
        {
            try
            {
                (string host, int port) = Split(server);
                await using WireConnection connection = await WireConnection.OpenAsync(host, port, address.Credentials, either.Token);
                return await ask(connection, either.Token);
            }
            catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new KafkaUnreadableException(
                    source, $"no answer within {Limit.TotalSeconds:0.#} s. {string.Join(' ', failures)}".TrimEnd(), e);
            }
            catch (WireException e)
            {
                string said = $"{server}: {address.Credentials?.Redact(e.Message) ?? e.Message}";
                throw KafkaUnreadableException.Of(source, $"{said.TrimEnd('.')}.", e.Code, needs, e);
            }
            catch (Exception e) when (WireFailure.Known(e))
            {
                failures.Add($"{server} {await DescribeAsync(e, server, address, cancellationToken)}.");
            }
        }

        throw new KafkaUnreadableException(source, string.Join(' ', failures));
    }

    private Task<string> DescribeAsync(Exception error, string server, KafkaAddress address, CancellationToken cancellationToken)
    {
        (string host, int port) = Split(server);
        return WireFailure.DescribeAsync(error, host, port, address.Credentials, Limit, cancellationToken);
    }

    private static (string Host, int Port) Split(string server)
    {
        int colon = server.LastIndexOf(':');
        return (server[..colon], int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }
}
