using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>
/// Looks at what is at a cluster's bootstrap addresses before the library is asked. librdkafka dials on until its limit whatever it finds
/// there, and tells an HTTP server as an answer of 1213486160 bytes; this names it within seconds.
/// </summary>
internal sealed class BootstrapProbe(IOptions<KafkaClientOptions> options)
{
    // Brokers answer a login and one request within milliseconds; this is for the slowest of networks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int Named = 10;

    private TimeSpan Limit => options.Value.CallTimeout < Patience ? options.Value.CallTimeout : Patience;

    /// <summary>Returns as soon as one of the addresses speaks Kafka and lets the user in.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="source">What is to be read from it, for the error.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaUnreadableException">None does; the text says of each what is there instead.</exception>
    public async Task RequireAsync(KafkaAddress address, string source, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<Finding>> asking =
            [
                .. address.BootstrapServers.Split(',', StringSplitOptions.TrimEntries)
                    .Select(server => AskAsync(address, server, enough.Token)),
            ];
        List<Finding> found = [];
        try
        {
            while (asking.Count > 0)
            {
                Task<Finding> next = await Task.WhenAny(asking);
                asking.Remove(next);
                Finding finding = await next;
                if (finding.Is is null)
                {
                    return;
                }

                found.Add(finding);
            }
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(asking).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        List<Finding> bySever = [.. found.OrderBy(finding => finding.Server, StringComparer.Ordinal)];
        string more = found.Count > Named ? $" And {found.Count - Named} more." : "";
        throw new KafkaUnreadableException(
            source, $"{string.Join(' ', bySever.Take(Named).Select(finding => $"{finding.Server} {finding.Is}."))}{more}")
        {
            // Where some do not answer and one refuses the login, it is the login that somebody has to repair.
            Code = found.Select(finding => finding.Code).FirstOrDefault(code => code is not null),
        };
    }

    private async Task<Finding> AskAsync(KafkaAddress address, string server, CancellationToken cancellationToken)
    {
        int colon = server.LastIndexOf(':');
        (string host, int port) = (server[..colon], int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using WireConnection connection = await WireConnection.OpenAsync(host, port, address.Credentials, either.Token);
            await connection.VersionOfAsync(0, either.Token);
            return address.Credentials is { Mechanism: not null } || !await connection.AsksForLoginAsync(either.Token)
                ? new(server, null)
                : new(server, "requires a login (SASL), but KafkaSecurity has none", ErrorCode.SaslAuthenticationFailed);
        }
        catch (Exception e) when (WireFailure.Known(e) || (e is OperationCanceledException && limit.IsCancellationRequested))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string what = await WireFailure.DescribeAsync(e, host, port, address.Credentials, Limit, cancellationToken);
            return new(server, what, (e as WireException)?.Code);
        }
    }

    /// <summary>What is at an address; null in <paramref name="Is"/>: a broker that lets the user in.</summary>
    private sealed record Finding(string Server, string? Is, ErrorCode? Code = null);
}
