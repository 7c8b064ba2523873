using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>A signal that a workflow handles: its name, its parameters, and how to call the handler.</summary>
public class WorkflowSignalDefinition
{
    private static readonly ConcurrentDictionary<MethodInfo, WorkflowSignalDefinition> OfMethods = new();

    private readonly Func<object?, object?[], object?> _call;

    private WorkflowSignalDefinition(
        string? name,
        string? description,
        HandlerUnfinishedPolicy unfinishedPolicy,
        HandlerSignature signature,
        Func<object?, object?[], object?> call)
    {
        Name = name;
        Description = description;
        UnfinishedPolicy = unfinishedPolicy;
        Signature = signature;
        _call = call;
    }

    /// <summary>The signal's name; null for a dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>What the signal is for; null if it was not said.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler takes every signal that has no other handler.</summary>
    public bool Dynamic => Name is null;

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal HandlerSignature Signature { get; }

    /// <summary>Makes a definition of a method with a <see cref="WorkflowSignalAttribute"/>. The definition is cached.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no signal can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowSignalDefinition FromMethod(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return OfMethods.GetOrAdd(method, Make);
    }

    /// <summary>Makes a definition by hand, for <see cref="Workflow.Signals"/> or <see cref="Workflow.DynamicSignal"/>.</summary>
    /// <param name="name">The signal's name; null for a dynamic handler, which takes a string and an array of raw values.</param>
    /// <param name="del">The handler; returns a task.</param>
    /// <param name="unfinishedPolicy">What to do when the workflow ends while the handler runs.</param>
    /// <param name="description">What the signal is for.</param>
    /// <exception cref="ArgumentException">The signature is one that no signal can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowSignalDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        ArgumentNullException.ThrowIfNull(del);
        HandlerSignature signature = new(HandlerCall.ParametersOf(del));
        RequireTask(HandlerCall.ReturnTypeOf(del), del.Method);
        if (name is null)
        {
            signature.RequireDynamic("Signal", del.Method, name);
        }
        else
        {
            HandlerSignature.NotReserved("A signal", name);
        }

        return new(name, description, unfinishedPolicy, signature, HandlerCall.Of(del));
    }

    /// <summary>The name of the signal that a lambda calls.</summary>
    /// <exception cref="ArgumentException">The method is no signal, or dynamic.</exception>
    internal static string NameOfCall(MethodInfo method) =>
        FromMethod(method).Name
            ?? throw new ArgumentException($"{HandlerSignature.Describe(method)} is a dynamic signal: send it by name.");

    /// <summary>Calls the handler.</summary>
    internal Task Invoke(object? instance, object?[] arguments) => (Task)_call(instance, arguments)!;

    private static WorkflowSignalDefinition Make(MethodInfo method)
    {
        WorkflowSignalAttribute attribute = method.GetCustomAttribute<WorkflowSignalAttribute>(inherit: false)
            ?? throw new ArgumentException($"{HandlerSignature.Describe(method)} has no [WorkflowSignal] attribute.");
        HandlerSignature.RequireCallable("Signal", method);
        RequireTask(method.ReturnType, method);
        HandlerSignature signature = new(method.GetParameters());
        string? name = null;
        if (attribute.Dynamic)
        {
            signature.RequireDynamic("Signal", method, attribute.Name);
        }
        else
        {
            name = HandlerSignature.NotReserved("A signal", attribute.Name ?? HandlerSignature.WithoutAsync(method.Name));
        }

        return new(name, attribute.Description, attribute.UnfinishedPolicy, signature, HandlerCall.Of(method));
    }

    private static void RequireTask(Type returnType, MethodInfo method)
    {
        if (returnType != typeof(Task))
        {
            throw new ArgumentException($"Signal method {HandlerSignature.Describe(method)} must return Task.");
        }
    }
}
