using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Activities;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>A workflow that a worker can run, or that a client can name: its name, its run method and its handlers.</summary>
public class WorkflowDefinition
{
    private static readonly ConcurrentDictionary<Type, WorkflowDefinition> OfTypes = new();
    private static readonly ConcurrentDictionary<MethodInfo, string?> NamesOfRunMethods = new();

    private readonly Func<object?[], object>? _create;
    private readonly Func<object?, object?[], object?> _run;

    internal WorkflowDefinition(WorkflowReflection found, string? name, WorkflowAttribute attribute, Func<object?[], object>? create)
    {
        Name = name;
        Type = found.Type;
        RunMethod = found.RunMethod;
        RunSignature = new(RunMethod.GetParameters());
        ResultOf = TaskResult.ReaderOf(RunMethod.ReturnType);
        HasResult = RunMethod.ReturnType != typeof(Task);
        Signals = found.Signals;
        Queries = found.Queries;
        Updates = found.Updates;
        DynamicSignal = found.DynamicSignal;
        DynamicQuery = found.DynamicQuery;
        DynamicUpdate = found.DynamicUpdate;
        DynamicOptionsGetter = found.DynamicOptionsGetter;
        FailureExceptionTypes = attribute.FailureExceptionTypes;
        VersioningBehavior = attribute.VersioningBehavior;
        _create = create;
        _run = HandlerCall.Of(RunMethod);
    }

    /// <summary>The workflow type; null for a dynamic workflow.</summary>
    public string? Name { get; }

    /// <summary>Whether the workflow serves every type that the worker has no other workflow for.</summary>
    public bool Dynamic => Name is null;

    /// <summary>The type with the attribute.</summary>
    public Type Type { get; }

    /// <summary>The method that is the workflow's body.</summary>
    public MethodInfo RunMethod { get; }

    /// <summary>Whether a worker can make an instance; false for interfaces, and for classes without a fitting constructor.</summary>
    public bool Instantiable => _create is not null;

    /// <summary>The signals by name, without the dynamic one.</summary>
    public IReadOnlyDictionary<string, WorkflowSignalDefinition> Signals { get; }

    /// <summary>The queries by name, without the dynamic one.</summary>
    public IReadOnlyDictionary<string, WorkflowQueryDefinition> Queries { get; }

    /// <summary>The updates by name, without the dynamic one.</summary>
    public IReadOnlyDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    /// <summary>The handler of signals that have no other; null for none.</summary>
    public WorkflowSignalDefinition? DynamicSignal { get; }

    /// <summary>The handler of queries that have no other; null for none.</summary>
    public WorkflowQueryDefinition? DynamicQuery { get; }

    /// <summary>The handler of updates that have no other; null for none.</summary>
    public WorkflowUpdateDefinition? DynamicUpdate { get; }

    /// <summary>What a dynamic workflow's options are read with, given its instance; null for none.</summary>
    public Func<object, WorkflowDefinitionOptions>? DynamicOptionsGetter { get; }

    /// <summary>Types of exceptions that fail the workflow rather than the workflow task; null for none.</summary>
    public Type[]? FailureExceptionTypes { get; }

    /// <summary>How runs move between versions of the worker's deployment.</summary>
    public VersioningBehavior? VersioningBehavior { get; }

    internal HandlerSignature RunSignature { get; }

    /// <summary>Reads the result of the run method's finished task.</summary>
    internal Func<Task, object?> ResultOf { get; }

    /// <summary>Whether the run method returns more than a plain task.</summary>
    internal bool HasResult { get; }

    /// <summary>Makes the definition of a type with a <see cref="WorkflowAttribute"/>. The definition is cached.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="ArgumentException">The type has no attribute.</exception>
    /// <exception cref="AggregateException">The type breaks rules; one inner exception for each.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowDefinition Create<T>() => Create(typeof(T));

    /// <summary>Makes the definition of a type with a <see cref="WorkflowAttribute"/>. The definition is cached.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentException">The type has no attribute.</exception>
    /// <exception cref="AggregateException">The type breaks rules; one inner exception for each.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowDefinition Create(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return OfTypes.GetOrAdd(type, static key => Create(key, nameOverride: null, creatorOverride: null));
    }

    /// <summary>Makes a definition with another name, or instances made in a way of the caller's own. It is not cached.</summary>
    /// <param name="type">The type.</param>
    /// <param name="nameOverride">The workflow type; null for that of the attribute.</param>
    /// <param name="creatorOverride">Makes an instance, given the run method's arguments; null for the constructor.</param>
    /// <exception cref="ArgumentException">The type has no attribute.</exception>
    /// <exception cref="AggregateException">The type breaks rules; one inner exception for each.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowDefinition Create(Type type, string? nameOverride, Func<object?[], object>? creatorOverride)
    {
        ArgumentNullException.ThrowIfNull(type);
        WorkflowAttribute attribute = AttributeOf(type);
        WorkflowReflection found = WorkflowReflection.Of(type, attribute);
        string? name = attribute.Dynamic ? null : nameOverride ?? NameOf(type, attribute);
        return new(found, name, attribute, creatorOverride ?? found.Creator);
    }

    /// <summary>Makes an instance of the workflow's type.</summary>
    /// <param name="workflowArguments">The arguments of the run method, for a constructor with <see cref="WorkflowInitAttribute"/>.</param>
    /// <exception cref="InvalidOperationException">The type has no fitting constructor.</exception>
    /// <returns>The instance.</returns>
    public object CreateWorkflowInstance(object?[] workflowArguments) =>
        _create is null
            ? throw new InvalidOperationException($"Workflow type {Type} has no public constructor that a worker can call.")
            : _create(workflowArguments);

    /// <summary>The name of the workflow whose run method a lambda calls.</summary>
    /// <exception cref="ArgumentException">The method is no run method, or its workflow is dynamic.</exception>
    internal static string NameOfCall(MethodInfo runMethod) =>
        NamesOfRunMethods.GetOrAdd(runMethod, static method => NameOfRunMethod(method))
            ?? throw new ArgumentException($"{HandlerSignature.Describe(runMethod)} is a dynamic workflow: call it by name.");

    /// <summary>Starts the workflow's body.</summary>
    internal Task Run(object instance, object?[] arguments) => (Task)_run(instance, arguments)!;

    private static string? NameOfRunMethod(MethodInfo method)
    {
        if (!method.IsDefined(typeof(WorkflowRunAttribute), inherit: false))
        {
            throw new ArgumentException($"{HandlerSignature.Describe(method)} has no [WorkflowRun] attribute.");
        }

        Type type = method.ReflectedType!;
        WorkflowAttribute attribute = AttributeOf(type);
        return attribute.Dynamic ? null : NameOf(type, attribute);
    }

    private static WorkflowAttribute AttributeOf(Type type) =>
        type.GetCustomAttribute<WorkflowAttribute>(inherit: false)
            ?? throw new ArgumentException($"{type} has no [Workflow] attribute.", nameof(type));

    private static string NameOf(Type type, WorkflowAttribute attribute)
    {
        if (attribute.Name is not null)
        {
            return attribute.Name;
        }

        string name = type.Name;
        return type.IsInterface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name[1..] : name;
    }
}
