using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>A worker that runs for as long as its host.</summary>
public class TemporalWorkerService : BackgroundService
{
    private readonly ITemporalClient? _client;
    private readonly TemporalClientConnectOptions? _clientOptions;
    private readonly TemporalWorkerOptions _workerOptions;
    private readonly TemporalWorkerClientUpdater? _clientUpdater;

    /// <summary>Makes a worker that connects a client of its own when it starts.</summary>
    /// <param name="options">The options, with <see cref="TemporalWorkerServiceOptions.ClientOptions"/>.</param>
    /// <exception cref="ArgumentException">The options say nothing of a client.</exception>
    public TemporalWorkerService(TemporalWorkerServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clientOptions = options.ClientOptions ?? throw new ArgumentException("The options have no client options.", nameof(options));
        _workerOptions = options;
        _clientUpdater = options.WorkerClientUpdater;
    }

    /// <summary>Makes a worker that connects a client of its own when it starts.</summary>
    /// <param name="clientOptions">The options of the client.</param>
    /// <param name="workerOptions">The options of the worker.</param>
    public TemporalWorkerService(TemporalClientConnectOptions clientOptions, TemporalWorkerOptions workerOptions)
    {
        _clientOptions = clientOptions;
        _workerOptions = workerOptions;
        _clientUpdater = (workerOptions as TemporalWorkerServiceOptions)?.WorkerClientUpdater;
    }

    /// <summary>Makes a worker on a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="workerOptions">The options of the worker.</param>
    public TemporalWorkerService(ITemporalClient client, TemporalWorkerOptions workerOptions)
    {
        _client = client;
        _workerOptions = workerOptions;
        _clientUpdater = (workerOptions as TemporalWorkerServiceOptions)?.WorkerClientUpdater;
    }

    /// <summary>Makes a worker of what the host knows.</summary>
    /// <param name="optionsName">The name of the options.</param>
    /// <param name="optionsMonitor">The options of all workers.</param>
    /// <param name="existingClient">The host's client, for options without client options.</param>
    /// <param name="loggerFactory">The host's logging, for options and clients without any.</param>
    /// <exception cref="InvalidOperationException">Neither the options nor the host have a client.</exception>
    [ActivatorUtilitiesConstructor]
    public TemporalWorkerService(
        string optionsName,
        IOptionsMonitor<TemporalWorkerServiceOptions> optionsMonitor,
        ITemporalClient? existingClient = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(optionsMonitor);
        TemporalWorkerServiceOptions options = (TemporalWorkerServiceOptions)optionsMonitor.Get(optionsName).Clone();
        _clientOptions = options.ClientOptions;
        if (_clientOptions is null)
        {
            _client = existingClient ?? throw new InvalidOperationException(
                $"The worker on task queue {options.TaskQueue} has no client: call AddTemporalClient, or set its ClientOptions.");
        }
        else
        {
            _clientOptions.LoggerFactory = loggerFactory ?? _clientOptions.LoggerFactory;
        }

        options.LoggerFactory ??= loggerFactory;
        _workerOptions = options;
        _clientUpdater = options.WorkerClientUpdater;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ITemporalClient client = _client ?? await TemporalClient.ConnectAsync(_clientOptions!);
        using TemporalWorker worker = new(client, _workerOptions);
        using TemporalWorkerClientUpdateSubscriber? subscriber = _clientUpdater is null ? null : new(_clientUpdater, worker);
        await worker.ExecuteAsync(stoppingToken);
    }
}
