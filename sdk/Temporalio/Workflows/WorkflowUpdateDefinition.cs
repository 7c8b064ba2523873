using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Activities;

namespace Temporalio.Workflows;

/// <summary>An update that a workflow handles: its name, its parameters, and how to call the validator and the handler.</summary>
public class WorkflowUpdateDefinition
{
    private static readonly ConcurrentDictionary<MethodInfo, string?> NamesOfMethods = new();

    private readonly Func<object?, object?[], object?> _call;
    private readonly Func<object?, object?[], object?>? _validate;

    private WorkflowUpdateDefinition(
        string? name,
        string? description,
        HandlerUnfinishedPolicy unfinishedPolicy,
        HandlerSignature signature,
        Type returnType,
        Func<object?, object?[], object?> call,
        Func<object?, object?[], object?>? validate)
    {
        Name = name;
        Description = description;
        UnfinishedPolicy = unfinishedPolicy;
        Signature = signature;
        ResultOf = TaskResult.ReaderOf(returnType);
        _call = call;
        _validate = validate;
    }

    /// <summary>The update's name; null for a dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>What the update does; null if it was not said.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler takes every update that has no other handler.</summary>
    public bool Dynamic => Name is null;

    internal HandlerUnfinishedPolicy UnfinishedPolicy { get; }

    internal HandlerSignature Signature { get; }

    /// <summary>Reads the result of the handler's finished task.</summary>
    internal Func<Task, object?> ResultOf { get; }

    /// <summary>Whether an update may be rejected before it is accepted.</summary>
    internal bool HasValidator => _validate is not null;

    /// <summary>Makes a definition of a method with a <see cref="WorkflowUpdateAttribute"/>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="validatorMethod">The validator, with the same parameters; null for none.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no update can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowUpdateDefinition FromMethod(MethodInfo method, MethodInfo? validatorMethod = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        WorkflowUpdateAttribute attribute = AttributeOf(method);
        HandlerSignature.RequireCallable("Update", method);
        RequireTask(method.ReturnType, method);
        HandlerSignature signature = new(method.GetParameters());
        if (validatorMethod is not null)
        {
            HandlerSignature.RequireCallable("Update validator", validatorMethod);
            RequireValidator(validatorMethod.ReturnType, validatorMethod.GetParameters(), validatorMethod, signature);
        }

        return new(
            NameOf(method, attribute, signature),
            attribute.Description,
            attribute.UnfinishedPolicy,
            signature,
            method.ReturnType,
            HandlerCall.Of(method),
            validatorMethod is null ? null : HandlerCall.Of(validatorMethod));
    }

    /// <summary>Makes a definition by hand, for <see cref="Workflow.Updates"/> or <see cref="Workflow.DynamicUpdate"/>.</summary>
    /// <param name="name">The update's name; null for a dynamic handler, which takes a string and an array of raw values.</param>
    /// <param name="del">The handler; returns a task.</param>
    /// <param name="validatorDel">The validator, with the same parameters and no result; null for none.</param>
    /// <param name="unfinishedPolicy">What to do when the workflow ends while the handler runs.</param>
    /// <param name="description">What the update does.</param>
    /// <exception cref="ArgumentException">The signature is one that no update can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowUpdateDefinition CreateWithoutAttribute(
        string? name,
        Delegate del,
        Delegate? validatorDel = null,
        HandlerUnfinishedPolicy unfinishedPolicy = HandlerUnfinishedPolicy.WarnAndAbandon,
        string? description = null)
    {
        ArgumentNullException.ThrowIfNull(del);
        HandlerSignature signature = new(HandlerCall.ParametersOf(del));
        RequireTask(HandlerCall.ReturnTypeOf(del), del.Method);
        if (validatorDel is not null)
        {
            RequireValidator(
                HandlerCall.ReturnTypeOf(validatorDel), HandlerCall.ParametersOf(validatorDel), validatorDel.Method, signature);
        }

        if (name is null)
        {
            signature.RequireDynamic("Update", del.Method, name);
        }
        else
        {
            HandlerSignature.NotReserved("An update", name);
        }

        return new(
            name,
            description,
            unfinishedPolicy,
            signature,
            HandlerCall.ReturnTypeOf(del),
            HandlerCall.Of(del),
            validatorDel is null ? null : HandlerCall.Of(validatorDel));
    }

    /// <summary>The name of the update that a lambda calls.</summary>
    /// <exception cref="ArgumentException">The method is no update, or dynamic.</exception>
    internal static string NameOfCall(MethodInfo method) =>
        NamesOfMethods.GetOrAdd(method, static key => NameOf(key, AttributeOf(key), new(key.GetParameters())))
            ?? throw new ArgumentException($"{HandlerSignature.Describe(method)} is a dynamic update: call it by name.");

    /// <summary>Calls the validator, if there is one. Throws what the validator throws.</summary>
    internal void Validate(object? instance, object?[] arguments) => _validate?.Invoke(instance, arguments);

    /// <summary>Calls the handler.</summary>
    internal Task Invoke(object? instance, object?[] arguments) => (Task)_call(instance, arguments)!;

    private static WorkflowUpdateAttribute AttributeOf(MethodInfo method) =>
        method.GetCustomAttribute<WorkflowUpdateAttribute>(inherit: false)
            ?? throw new ArgumentException($"{HandlerSignature.Describe(method)} has no [WorkflowUpdate] attribute.");

    private static string? NameOf(MethodInfo method, WorkflowUpdateAttribute attribute, HandlerSignature signature)
    {
        if (!attribute.Dynamic)
        {
            return HandlerSignature.NotReserved("An update", attribute.Name ?? HandlerSignature.WithoutAsync(method.Name));
        }

        signature.RequireDynamic("Update", method, attribute.Name);
        return null;
    }

    private static void RequireTask(Type returnType, MethodInfo method)
    {
        if (!typeof(Task).IsAssignableFrom(returnType))
        {
            throw new ArgumentException($"Update method {HandlerSignature.Describe(method)} must return a task.");
        }
    }

    private static void RequireValidator(Type returnType, ParameterInfo[] parameters, MethodInfo method, HandlerSignature update)
    {
        if (returnType != typeof(void))
        {
            throw new ArgumentException($"Update validator {HandlerSignature.Describe(method)} must return nothing.");
        }

        if (!parameters.Select(parameter => parameter.ParameterType).SequenceEqual(update.Types))
        {
            throw new ArgumentException($"Update validator {HandlerSignature.Describe(method)} must have the parameters of its update.");
        }
    }
}
