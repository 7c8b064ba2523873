using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Secrets;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Orchestrator.Activities.Notifications;

/// <summary>Brings notices to the first channel of each route that accepts them.</summary>
internal sealed partial class Notifier(
    IOptions<NotificationOptions> options, TimeProvider timeProvider, IMeterFactory meters, ILogger<Notifier> logger) : IDisposable
{
    /// <summary>The name of its meter.</summary>
    public const string MeterName = "Orchestrator.Notifications";

    private readonly NotificationOptions _options = options.Value;
    private readonly HttpChannels _http = new(timeProvider);
    private readonly SecretReader _secrets = new(null, "");
    private readonly SemaphoreSlim _file = new(1);
    private readonly ResiliencePipeline _tries = Tries(options.Value.AcceptWithin, timeProvider);

    private readonly Counter<long> _failed = meters.Create(MeterName)
        .CreateCounter<long>("sop_notify_failed", null, "Notices that no channel of a route accepted.");

    /// <summary>The routes, by name.</summary>
    public IReadOnlyList<NotificationRoute> Routes =>
    [
        .. _options.Routes.OrderBy(route => route.Key, StringComparer.Ordinal).Select(route => new NotificationRoute(
            route.Key, [.. route.Value.Events], route.Value.AtLeast, [.. route.Value.Teams], [.. route.Value.Channels])),
    ];

    /// <summary>Tells it on each route that takes it, all at the same time. That no channel accepts it is an answer too.</summary>
    /// <param name="notice">What people are told.</param>
    /// <param name="without">The routes that are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<NotificationDelivery>> NotifyAsync(
        NotificationEvent notice, IReadOnlyList<string> without, CancellationToken cancellationToken) =>
        await Task.WhenAll(Routes.Where(route => route.Takes(notice) && !without.Contains(route.Name, StringComparer.OrdinalIgnoreCase))
            .Select(route => DeliverAsync(route, notice, cancellationToken)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _file.Dispose();
    }

    private static ResiliencePipeline Tries(TimeSpan acceptWithin, TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddTimeout(acceptWithin)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(15),
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is TimeoutRejectedException or NotAcceptedException { MayPass: true }),
                DelayGenerator = args => ValueTask.FromResult((args.Outcome.Exception as NotAcceptedException)?.After),
            })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();

    private async Task<NotificationDelivery> DeliverAsync(
        NotificationRoute route, NotificationEvent notice, CancellationToken cancellationToken)
    {
        List<string> failures = [];
        foreach (string name in route.Channels)
        {
            try
            {
                await _tries.ExecuteAsync(async token => await SendAsync(_options.Channels[name], notice, token), cancellationToken);
                return new(route.Name, name, failures);
            }
            catch (NotAcceptedException e)
            {
                failures.Add($"{name} {e.Message}.");
            }
            catch (TimeoutRejectedException)
            {
                failures.Add($"{name} did not accept it in time.");
            }
            catch (SecretUnreadableException e)
            {
                failures.Add($"{name} needs {e.Reference}, which cannot be read.");
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Its text may repeat what a secret led to; the next channel must be tried all the same.
                failures.Add($"{name} failed ({e.GetType().Name}).");
            }
        }

        _failed.Add(1, new KeyValuePair<string, object?>("route", route.Name));
        LogFailed(logger, notice.Type, notice.DedupeKey, route.Name, string.Join(' ', failures));
        return new(route.Name, null, failures);
    }

    private async Task SendAsync(ChannelOptions channel, NotificationEvent notice, CancellationToken cancellationToken)
    {
        string? secret = SecretReference.TryParse(channel.Secret, out SecretReference? reference)
            ? await _secrets.ReadAsync(reference, cancellationToken)
            : null;
        switch (channel.Kind)
        {
            case ChannelKind.Email:
                await MailChannel.SendAsync(channel, secret, notice, cancellationToken);
                break;
            case ChannelKind.File:
                await AppendAsync(channel.Path!, NotificationText.Json(notice).ToJsonString(), cancellationToken);
                break;
            case ChannelKind.Log:
                LogNotice(logger, notice.Type, notice.Title, notice.Sentence);
                break;
            default:
                await _http.SendAsync(channel, secret ?? "", notice, cancellationToken);
                break;
        }
    }

    private async Task AppendAsync(string path, string line, CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(path, line + "\n", cancellationToken);
        }
        finally
        {
            _file.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "notify.failed: {Type} ({DedupeKey}) on route {Route}: {Failures}")]
    private static partial void LogFailed(ILogger logger, string type, string dedupeKey, string route, string failures);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Type}: {Title}: {Sentence}")]
    private static partial void LogNotice(ILogger logger, string type, string title, string sentence);
}
