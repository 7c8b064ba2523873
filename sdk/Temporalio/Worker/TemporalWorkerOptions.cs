using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>
/// What a <see cref="TemporalWorker"/> runs, and how much of it at once. <see cref="TaskQueue"/> and at least one workflow or activity
/// are required.
/// </summary>
public class TemporalWorkerOptions : ICloneable
{
    private List<ActivityDefinition> _activities = [];
    private List<WorkflowDefinition> _workflows = [];

    /// <summary>Makes options without a task queue.</summary>
    public TemporalWorkerOptions()
    {
    }

    /// <summary>Makes options with a task queue.</summary>
    /// <param name="taskQueue">The task queue that the worker polls.</param>
    public TemporalWorkerOptions(string taskQueue) => TaskQueue = taskQueue;

    /// <summary>The task queue that the worker polls.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>The activities that the worker runs.</summary>
    public IList<ActivityDefinition> Activities => _activities;

    /// <summary>The workflows that the worker runs.</summary>
    public IList<WorkflowDefinition> Workflows => _workflows;

    /// <summary>
    /// What starts activities. Default: <see cref="Task.Factory"/>, which runs them on the thread pool.
    /// </summary>
    public TaskFactory ActivityTaskFactory { get; set; } = Task.Factory;

    /// <summary>
    /// Interceptors, the outermost first. Those of the client that are worker interceptors too come before these and are not repeated
    /// here.
    /// </summary>
    public IReadOnlyCollection<IWorkerInterceptor>? Interceptors { get; set; }

    /// <summary>The deployment version that the worker is. Default: none.</summary>
    public WorkerDeploymentOptions? DeploymentOptions { get; set; }

    /// <summary>The name under which histories and pollers show the worker. Default: the client's identity.</summary>
    public string? Identity { get; set; }

    /// <summary>Where the worker logs. Default: the client's factory.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The number of activities that run at once. Default: 100.</summary>
    public int? MaxConcurrentActivities { get; set; }

    /// <summary>The number of workflow tasks that are worked on at once. Default: 100.</summary>
    public int? MaxConcurrentWorkflowTasks { get; set; }

    /// <summary>The number of polls for activities that are open at once. Default: 5.</summary>
    public int MaxConcurrentActivityTaskPolls { get; set; } = 5;

    /// <summary>
    /// The number of polls for workflow tasks that are open at once, on the task queue and on the worker's own sticky queue together.
    /// Default: 5.
    /// </summary>
    public int MaxConcurrentWorkflowTaskPolls { get; set; } = 5;

    /// <summary>
    /// The share of <see cref="MaxConcurrentWorkflowTaskPolls"/> that polls the task queue; the others poll the sticky queue, and each
    /// has at least one. Default: 0.2.
    /// </summary>
    public float NonStickyToStickyPollRatio { get; set; } = 0.2F;

    /// <summary>
    /// The number of workflows kept in memory. 0 keeps none: there is no sticky queue, and every task replays its history. Default: 10000.
    /// </summary>
    public int MaxCachedWorkflows { get; set; } = 10000;

    /// <summary>How long a task may wait on the sticky queue before any worker may take it. Default: 10 s.</summary>
    public TimeSpan StickyQueueScheduleToStartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between heartbeats that are sent. Default: 60 s.</summary>
    public TimeSpan MaxHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The time between heartbeats that are sent for an activity without a heartbeat timeout; with one it is 0.8 of the timeout.
    /// Default: 30 s.
    /// </summary>
    public TimeSpan DefaultHeartbeatThrottleInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of activities that this worker starts each second. Default: no limit.</summary>
    public double? MaxActivitiesPerSecond { get; set; }

    /// <summary>
    /// The number of activities that the server hands out each second on this task queue, to all its workers together; the last worker
    /// that polled sets it. Switches eager execution off. Default: no limit.
    /// </summary>
    public double? MaxTaskQueueActivitiesPerSecond { get; set; }

    /// <summary>
    /// How long running activities may go on once the worker shuts down; then they are cancelled. Default: 0, at once.
    /// </summary>
    public TimeSpan GracefulShutdownTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Whether workflow tasks never ask for activities to be handed to this worker with the task's answer. Default: false.
    /// </summary>
    public bool DisableEagerActivityExecution { get; set; }

    /// <summary>
    /// The number of activities that one workflow task may ask to be handed to this worker at once. Default: 3.
    /// </summary>
    public int MaxEagerActivityReservationsPerWorkflowTask { get; set; } = 3;

    /// <summary>
    /// Exception types that fail a workflow or update that throws them, besides Temporal's own failures; all others suspend the workflow
    /// until a worker with other code takes it. Default: none.
    /// </summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>
    /// Whether workflow code may hold its thread for any time. Default: true if a debugger is attached or the environment variable
    /// <c>TEMPORAL_DEBUG</c> is <c>true</c> or <c>1</c>.
    /// </summary>
    public bool DebugMode { get; set; } =
        Debugger.IsAttached || Environment.GetEnvironmentVariable("TEMPORAL_DEBUG")?.ToUpperInvariant() is "TRUE" or "1";

    /// <summary>
    /// Whether workflow code that leaves its scheduler, as with <c>Task.Run</c>, goes unnoticed. Default: false.
    /// </summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>
    /// What is known of the places where workflows wait, for the query <c>__stack_trace</c>. Default: nothing, as it costs at every wait.
    /// </summary>
    public WorkflowStackTrace WorkflowStackTrace { get; set; } = WorkflowStackTrace.None;

    /// <summary>The clock of everything the worker times by itself.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Adds a method with an <see cref="ActivityAttribute"/>, given as a delegate.</summary>
    /// <param name="del">The method, bound to its instance.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(Delegate del) => AddActivity(ActivityDefinition.Create(del));

    /// <summary>Adds an activity.</summary>
    /// <param name="definition">The activity.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddActivity(ActivityDefinition definition)
    {
        Activities.Add(definition);
        return this;
    }

    /// <summary>Adds all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <typeparam name="T">The type with the methods.</typeparam>
    /// <param name="instance">What instance methods are called on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities<T>(T? instance) => AddAllActivities(typeof(T), instance);

    /// <summary>Adds all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <param name="type">The type with the methods.</param>
    /// <param name="instance">What instance methods are called on; may be null if all are static.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddAllActivities(Type type, object? instance)
    {
        foreach (ActivityDefinition definition in ActivityDefinition.CreateAll(type, instance))
        {
            AddActivity(definition);
        }

        return this;
    }

    /// <summary>Adds a class with a <see cref="WorkflowAttribute"/>.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a class with a <see cref="WorkflowAttribute"/>.</summary>
    /// <param name="type">The class.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>These options.</returns>
    public TemporalWorkerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    /// <summary>Copies the options, with lists of their own.</summary>
    public virtual object Clone()
    {
        TemporalWorkerOptions copy = (TemporalWorkerOptions)MemberwiseClone();
        copy._activities = [.. _activities];
        copy._workflows = [.. _workflows];
        copy.DeploymentOptions = (WorkerDeploymentOptions?)DeploymentOptions?.Clone();
        return copy;
    }
}
