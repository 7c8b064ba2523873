using Microsoft.Extensions.Logging;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Telemetry;

namespace Temporalio.Activities;

/// <summary>
/// What an activity reaches its worker and its server through. <see cref="Current"/> flows with the activity's asynchronous calls.
/// </summary>
public class ActivityExecutionContext
{
    private static readonly AsyncLocal<ActivityExecutionContext?> AsyncLocalCurrent = new();

    private readonly ActivityCancellation _cancellation;
    private readonly ITemporalClient? _client;

    internal ActivityExecutionContext(
        ActivityInfo info,
        ActivityCancellation cancellation,
        CancellationToken workerShutdownToken,
        ILogger logger,
        IPayloadConverter payloadConverter,
        ITemporalClient? client,
        Action<object?[]> heartbeater)
    {
        Info = info;
        _cancellation = cancellation;
        WorkerShutdownToken = workerShutdownToken;
        Logger = logger;
        PayloadConverter = payloadConverter;
        _client = client;
        Heartbeater = heartbeater;
        CancellationToken = cancellation.Token;
    }

    /// <summary>Whether the caller runs inside an activity.</summary>
    public static bool HasCurrent => AsyncLocalCurrent.Value is not null;

    /// <summary>The context of the activity that the caller runs in.</summary>
    /// <exception cref="InvalidOperationException">The caller does not run inside an activity.</exception>
    public static ActivityExecutionContext Current =>
        AsyncLocalCurrent.Value ?? throw new InvalidOperationException("No current activity: this code runs outside of one.");

    /// <summary>What the activity knows about its attempt.</summary>
    public ActivityInfo Info { get; }

    /// <summary>A logger whose lines carry the activity's ids.</summary>
    public ILogger Logger { get; }

    /// <summary>
    /// Cancelled when the activity should stop; see <see cref="CancelReason"/>. An activity learns of its workflow's wish to cancel it
    /// only if it heartbeats.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Cancelled as soon as the worker begins to shut down, the grace period before <see cref="CancellationToken"/>.</summary>
    public CancellationToken WorkerShutdownToken { get; }

    /// <summary>Why <see cref="CancellationToken"/> was cancelled.</summary>
    public ActivityCancelReason CancelReason => _cancellation.Reason;

    /// <summary>All that was true when <see cref="CancellationToken"/> was cancelled; null until then.</summary>
    public ActivityCancellationDetails? CancellationDetails => _cancellation.Details;

    /// <summary>The converter of this activity's values, without the codec.</summary>
    public IPayloadConverter PayloadConverter { get; }

    /// <summary>Makes metrics that have the activity's type.</summary>
    public MetricMeter MetricMeter => field ??= new UserMeter(
        new([new("namespace", Info.Namespace), new("task_queue", Info.TaskQueue), new("activity_type", Info.ActivityType)]), () => false);

    /// <summary>The client of the worker.</summary>
    /// <exception cref="InvalidOperationException">The activity runs without a worker, or its worker's client is not such a client.</exception>
    public ITemporalClient TemporalClient =>
        _client ?? throw new InvalidOperationException("This activity's worker has no Temporal client.");

    /// <summary>Where heartbeats go; interceptors put themselves in between.</summary>
    internal Action<object?[]> Heartbeater { get; set; }

    /// <summary>
    /// Tells the server that the attempt lives, and what it has reached: the next attempt finds the details in
    /// <see cref="ActivityInfo.HeartbeatDetails"/>. Returns at once; the worker sends the latest details at most every 0.8 heartbeat
    /// timeouts, so it may be called as often as is handy.
    /// </summary>
    /// <param name="details">Values to keep, in order.</param>
    public void Heartbeat(params object?[] details) => Heartbeater(details);

    /// <summary>Makes the context current for the caller and the calls that it makes.</summary>
    internal static void Enter(ActivityExecutionContext context) => AsyncLocalCurrent.Value = context;
}
