using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Telemetry;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;
using Priority = Temporalio.Common.Priority;
using RetryPolicy = Temporalio.Common.RetryPolicy;

namespace Temporalio.Worker.Instances;

/// <summary>
/// A run's code at work: an activation goes in, its jobs are applied, everything runs until nothing moves, and what the code did comes
/// out. One thread at a time; the instance is the scheduler of all its tasks.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing that needs disposal.")]
internal sealed partial class WorkflowInstance : WorkflowContext
{
    private static readonly AsyncLocal<WorkflowUpdateInfo?> UpdateOfTask = new();

    private readonly InstanceSetup _setup;
    private readonly WorkflowDefinition _definition;
    private readonly DataConverter _converter;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly RunningHandlers _runningHandlers = new();
    private readonly TimerCalls _timers;
    private readonly ActivityCalls _activities;
    private readonly ChildCalls _children;
    private readonly ExternalCalls _externals;
    private readonly Lazy<Dictionary<string, IRawValue>> _memo;
    private readonly Lazy<SearchAttributeCollection> _searchAttributes;
    private readonly ReplaySafeLogger _logger;
    private IReadOnlyList<Payload> _startArguments;
    private object?[]? _decodedStartArguments;
    private object? _instance;
    private Type[]? _failureExceptionTypes;
    private VersioningBehavior _versioningBehavior;
    private DeterministicRandom _random;
    private Activation _activation;

    /// <summary>Makes the instance of a run; its code does not run yet.</summary>
    /// <param name="setup">What it is made of.</param>
    /// <param name="first">The first activation, which has the start among its jobs.</param>
    public WorkflowInstance(InstanceSetup setup, Activation first)
    {
        _setup = setup;
        _definition = setup.Definition;
        _activation = first;
        InitializeWorkflowJob init = first.Jobs.OfType<InitializeWorkflowJob>().First();
        Info = InfoOf(setup, first, init);
        _converter = setup.DataConverter.WithSerializationContext(new ISerializationContext.Workflow(setup.Namespace, setup.WorkflowId));
        if (init.LastFailure is { } failure)
        {
            Info = Info with { LastFailure = _converter.FailureConverter.ToException(failure, _converter.PayloadConverter) };
        }

        _timers = new(this);
        _activities = new(this);
        _children = new(this);
        _externals = new(this);
        _startArguments = init.Arguments;
        _random = new(init.RandomSeed);
        MapField<string, Payload>? memo = init.Memo;
        _memo = new(
            () => memo?.ToDictionary(entry => entry.Key, entry => (IRawValue)new RawValue(entry.Value)) ?? [],
            LazyThreadSafetyMode.None);
        SearchAttributes? attributes = init.Start.SearchAttributes;
        _searchAttributes = new(
            () => SearchAttributeCollection.FromProto(attributes ?? new()).Copy(),
            LazyThreadSafetyMode.None);
        _failureExceptionTypes = _definition.FailureExceptionTypes;
        _versioningBehavior = _definition.VersioningBehavior ?? VersioningBehavior.Unspecified;
        _logger = new(setup.LoggerFactory.CreateLogger($"Temporalio.Workflow:{Info.WorkflowType}"), this);
        Signals = new HandlerMap<WorkflowSignalDefinition>(_definition.Signals, AddSignal);
        Queries = new HandlerMap<WorkflowQueryDefinition>(_definition.Queries, AddQuery);
        Updates = new HandlerMap<WorkflowUpdateDefinition>(_definition.Updates, AddUpdate);
        _dynamicSignal = _definition.DynamicSignal;
        _dynamicQuery = _definition.DynamicQuery;
        _dynamicUpdate = _definition.DynamicUpdate;
        TracingEventsEnabled = setup.TracingEventsEnabled;
    }

    public override bool AllHandlersFinished => _runningHandlers.Count == 0;

    public override CancellationToken CancellationToken => _cancellation.Token;

    public override bool ContinueAsNewSuggested => _activation.ContinueAsNewSuggested;

    public override WorkerDeploymentVersion? CurrentDeploymentVersion => _activation.DeploymentVersion;

    public override string CurrentDetails { get; set; } = string.Empty;

    public override int CurrentHistoryLength => _activation.HistoryLength;

    public override int CurrentHistorySize => _activation.HistorySize;

    public override WorkflowUpdateInfo? CurrentUpdateInfo => UpdateOfTask.Value;

    public override WorkflowInfo Info { get; }

    public override bool IsReplaying => _activation.IsReplaying;

    public override bool IsReplayingHistoryEvents => _activation.IsReplaying && !_isReadOnly;

    public override ILogger Logger => _logger;

    public override IReadOnlyDictionary<string, IRawValue> Memo => _memo.Value;

    public override MetricMeter MetricMeter => field ??= new UserMeter(
        new([new("namespace", Info.Namespace), new("task_queue", Info.TaskQueue), new("workflow_type", Info.WorkflowType)]),
        () => IsReplayingHistoryEvents);

    public override IPayloadConverter PayloadConverter => _converter.PayloadConverter;

    public override DeterministicRandom Random => _random;

    public override IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons =>
        _activation.SuggestContinueAsNewReasons;

    public override bool TargetWorkerDeploymentVersionChanged => _activation.TargetWorkerDeploymentVersionChanged;

    public override bool TracingEventsEnabled { get; set; }

    public override SearchAttributeCollection TypedSearchAttributes => _searchAttributes.Value;

    public override DateTime UtcNow => _activation.Time;

    /// <summary>
    /// The instance of the workflow's type. It is made when the first code of the workflow runs, because the constructor is workflow
    /// code too and may set handlers.
    /// </summary>
    public override object Instance
    {
        get
        {
            if (_instance is null)
            {
                _instance = _definition.CreateWorkflowInstance(StartArguments());
                ReadDynamicOptions(_instance);
            }

            return _instance;
        }
    }

    /// <summary>The settings of the instance.</summary>
    internal InstanceSetup Setup => _setup;

    private object?[] StartArguments() =>
        _decodedStartArguments ??= DecodeArguments($"Workflow {Info.WorkflowType}", _definition.RunSignature, _startArguments, dynamicName: null);

    private void ReadDynamicOptions(object instance)
    {
        if (_definition.DynamicOptionsGetter?.Invoke(instance) is not { } options)
        {
            return;
        }

        _failureExceptionTypes = options.FailureExceptionTypes ?? _failureExceptionTypes;
        _versioningBehavior = options.VersioningBehavior == VersioningBehavior.Unspecified
            ? _versioningBehavior
            : options.VersioningBehavior;
    }

    private static WorkflowInfo InfoOf(InstanceSetup setup, Activation first, InitializeWorkflowJob init)
    {
        WorkflowExecutionStartedEventAttributes start = init.Start;
        return new(
            Attempt: start.Attempt,
            ContinuedRunId: NullIfEmpty(start.ContinuedExecutionRunId),
            CronSchedule: NullIfEmpty(start.CronSchedule),
            ExecutionTimeout: start.WorkflowExecutionTimeout?.ToTimeSpan(),
            FirstExecutionRunId: start.FirstExecutionRunId,
            Headers: init.Headers?.ToDictionary(header => header.Key, header => header.Value),
            LastFailure: null,
            LastResult: init.LastResult?.Select(payload => (IRawValue)new RawValue(payload)).ToArray(),
            Namespace: setup.Namespace,
            Parent: start.ParentWorkflowExecution is { } parent
                ? new(start.ParentWorkflowNamespace, parent.RunId, parent.WorkflowId)
                : null,
            Priority: Priority.FromProto(start.Priority),
            RetryPolicy: start.RetryPolicy is null ? null : RetryPolicy.FromProto(start.RetryPolicy),
            Root: start.RootWorkflowExecution is { } root ? new(root.RunId, root.WorkflowId) : null,
            RunId: first.RunId,
            RunTimeout: start.WorkflowRunTimeout?.ToTimeSpan(),
            StartTime: first.Time,
            TaskQueue: setup.TaskQueue,
            TaskTimeout: start.WorkflowTaskTimeout?.ToTimeSpan() ?? TimeSpan.Zero,
            WorkflowId: setup.WorkflowId,
            WorkflowStartTime: init.StartTime,
            WorkflowType: start.WorkflowType.Name);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
