using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka.Wire;

namespace Orchestrator.Activities.Kafka;

/// <summary>Runs calls of the admin client, each within a limit, and makes one kind of error of what goes wrong.</summary>
/// <remarks>
/// Every call has a client of its own: it begins at the bootstrap servers again, so a broker that came back on another address is found,
/// and a cluster that is out of reach leaves no client behind that keeps dialling.
/// </remarks>
internal sealed partial class AdminCalls(IOptions<KafkaClientOptions> options, BootstrapProbe probe, ILogger<AdminCalls> logger)
{
    // A reading of thousands of topics takes many calls; all of them together may take as long as this many at their limit.
    private const int CallsInARow = 2;

    // What each try of a reading may take of the limit. Brokers go on naming one that was killed until its session ends, 9 s later, and the
    // library puts its questions to the one that the first answer named as controller, a different one each time, and to no other. So the
    // first try is given up early, and the last one begins after that session has ended.
    private static readonly double[] Tries = [1 / 6.0, 1 / 3.0, 1 / 2.0];

    /// <summary>The longest that one call may take.</summary>
    public TimeSpan Limit => options.Value.CallTimeout;

    // The client's metadata call blocks and cannot be cancelled, and a client must not be destroyed under it. So the work owns the client
    // and runs to its end, while the caller's wait ends with the caller's token.

    /// <summary>Runs work with a client of its own, once a broker answers at the address.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="source">What is read, for errors.</param>
    /// <param name="needs">The right that the work needs.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="KafkaUnreadableException">It did not get through, or took too long.</exception>
    public Task<T> RunAsync<T>(
        KafkaAddress address, string source, string needs, Func<IAdminClient, Task<T>> work, CancellationToken cancellationToken) =>
        WithinAsync(address, source, () => RunToItsEndAsync(address, source, needs, work), cancellationToken);

    /// <summary>
    /// Runs work that only reads. Where a broker does not answer it is tried again with a new client, which may well ask another broker;
    /// all tries together take as long as one call may.
    /// </summary>
    /// <param name="address">The cluster.</param>
    /// <param name="source">What is read, for errors.</param>
    /// <param name="needs">The right that the work needs.</param>
    /// <param name="work">The work, told how long each of its calls may take.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="KafkaUnreadableException">It did not get through, or took too long.</exception>
    public Task<T> ReadAsync<T>(
        KafkaAddress address,
        string source,
        string needs,
        Func<IAdminClient, TimeSpan, Task<T>> work,
        CancellationToken cancellationToken) =>
        WithinAsync(address, source, () => ReadToTheEndAsync(address, source, needs, work, cancellationToken), cancellationToken);

    private async Task<T> WithinAsync<T>(KafkaAddress address, string source, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await probe.RequireAsync(address, source, cancellationToken);
        TimeSpan limit = Limit * CallsInARow;
        try
        {
            return await Task.Run(work, cancellationToken).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new KafkaUnreadableException(source, $"it took longer than {limit.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task<T> ReadToTheEndAsync<T>(
        KafkaAddress address,
        string source,
        string needs,
        Func<IAdminClient, TimeSpan, Task<T>> work,
        CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan limit = Limit * Tries[attempt];
            try
            {
                return await RunToItsEndAsync(address, source, needs, client => work(client, limit));
            }
            catch (KafkaUnreadableException e) when (
                e.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport
                && attempt < Tries.Length - 1
                && !cancellationToken.IsCancellationRequested)
            {
                NobodyAnswered(source, limit, e.Reason);
            }
        }
    }

    private async Task<T> RunToItsEndAsync<T>(KafkaAddress address, string source, string needs, Func<IAdminClient, Task<T>> work)
    {
        ClientErrors errors = new(address, Limit);
        using IAdminClient client = Build(address, source, errors);
        try
        {
            return await work(client);
        }
        catch (KafkaException e)
        {
            throw KafkaUnreadableException.Of(source, errors.Describe(e.Error), errors.CodeOf(e.Error), needs, e);
        }
    }

    private IAdminClient Build(KafkaAddress address, string source, ClientErrors errors)
    {
        try
        {
            AdminClientBuilder builder = new AdminClientBuilder(ClientSettings.Of<AdminClientConfig>(address, Limit))
                .SetErrorHandler((_, error) => errors.Add(error))
                .SetLogHandler((_, line) => Log(line, errors));
            return (address.Credentials is { Token: not null } credentials
                ? builder.SetOAuthBearerTokenRefreshHandler((asking, _) => credentials.GiveToken(asking))
                : builder).Build();
        }
        catch (Exception e) when (e is KafkaException or InvalidOperationException or ArgumentException)
        {
            // Without the error itself: its text can repeat a setting that the library does not take.
            throw new KafkaUnreadableException(source, $"the client rejects its settings: {errors.Redact(e.Message)}");
        }
    }

    private void Log(LogMessage line, ClientErrors errors)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            string text = errors.Redact(line.Message);
            ClientSaid(line.Facility, text);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Source} could not be read within {Limit} and is retried: {Reason}")]
    private partial void NobodyAnswered(string source, TimeSpan limit, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Kafka client: {Facility} {Text}")]
    private partial void ClientSaid(string facility, string text);
}
