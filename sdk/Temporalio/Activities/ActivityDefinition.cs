using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Activities;

/// <summary>An activity that a worker can run: its name, its signature, and how to call it.</summary>
public class ActivityDefinition
{
    private readonly Func<object?[], object?> _invoker;

    private ActivityDefinition(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        MethodInfo? methodInfo,
        Func<object?[], object?> invoker)
    {
        Name = name;
        ReturnType = returnType;
        ParameterTypes = parameterTypes;
        RequiredParameterCount = requiredParameterCount;
        MethodInfo = methodInfo;
        _invoker = invoker;
    }

    /// <summary>The activity type; null for a dynamic activity.</summary>
    public string? Name { get; }

    /// <summary>Whether the activity serves every type that the worker has no other activity for.</summary>
    public bool Dynamic => Name is null;

    /// <summary>The declared return type: a task type for asynchronous activities.</summary>
    public Type ReturnType { get; }

    /// <summary>The types that a worker converts the input to, in order.</summary>
    public IReadOnlyCollection<Type> ParameterTypes { get; }

    /// <summary>How many arguments a call must have; the others have defaults.</summary>
    public int RequiredParameterCount { get; }

    /// <summary>The method that the definition was made from; null if it was made from a name and a function.</summary>
    public MethodInfo? MethodInfo { get; }

    /// <summary>Makes a definition of a method with an <see cref="ActivityAttribute"/>, given as a delegate.</summary>
    /// <param name="del">The method, bound to its instance.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no activity can have.</exception>
    public static ActivityDefinition Create(Delegate del)
    {
        ArgumentNullException.ThrowIfNull(del);
        MethodInvoker invoke = MethodInvoker.Create(del.GetType().GetMethod(nameof(Action.Invoke))!);
        return Create(del.Method, parameters => invoke.Invoke(del, parameters.AsSpan()));
    }

    /// <summary>Makes a definition by hand.</summary>
    /// <param name="name">The activity type; null for a dynamic activity.</param>
    /// <param name="returnType">The declared return type.</param>
    /// <param name="parameterTypes">The types that a worker converts the input to.</param>
    /// <param name="requiredParameterCount">How many arguments a call must have.</param>
    /// <param name="invoker">Called with the arguments; may return a task.</param>
    /// <exception cref="ArgumentException">The signature is one that no activity can have.</exception>
    public static ActivityDefinition Create(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        Func<object?[], object?> invoker) =>
        Create(name, returnType, parameterTypes, requiredParameterCount, null, invoker);

    /// <summary>Makes a definition of a method with an <see cref="ActivityAttribute"/> that is called in a way of the caller's own.</summary>
    /// <param name="method">The method with the attribute.</param>
    /// <param name="invoker">Called with as many arguments as the method has parameters; may return a task.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no activity can have.</exception>
    public static ActivityDefinition Create(MethodInfo method, Func<object?[], object?> invoker)
    {
        ArgumentNullException.ThrowIfNull(method);
        return CreateWithoutAttribute(ActivityName.Of(method, ActivityName.AttributeOf(method)), method, invoker);
    }

    /// <summary>Makes a definition of a method that needs no <see cref="ActivityAttribute"/>.</summary>
    /// <param name="name">The activity type; null for a dynamic activity.</param>
    /// <param name="method">The method whose signature the activity has.</param>
    /// <param name="invoker">Called with as many arguments as the method has parameters; may return a task.</param>
    /// <exception cref="ArgumentException">The signature is one that no activity can have.</exception>
    public static ActivityDefinition CreateWithoutAttribute(string? name, MethodInfo method, Func<object?[], object?> invoker)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(invoker);
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{ActivityName.Describe(method)} has type parameters, so no activity can call it.", nameof(method));
        }

        ParameterInfo[] parameters = method.GetParameters();
        return Create(
            name,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)],
            parameters.Count(parameter => !parameter.HasDefaultValue),
            method,
            arguments => invoker(WithDefaults(parameters, arguments)));
    }

    /// <summary>Makes definitions of all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <typeparam name="T">The type with the methods.</typeparam>
    /// <param name="instance">What instance methods are called on; may be null if all are static.</param>
    /// <exception cref="ArgumentException">The type has no activity.</exception>
    /// <exception cref="InvalidOperationException">There is no instance for an instance method.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll<T>(T? instance) => CreateAll(typeof(T), instance);

    /// <summary>Makes definitions of all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <param name="type">The type with the methods.</param>
    /// <param name="instance">What instance methods are called on; may be null if all are static.</param>
    /// <exception cref="ArgumentException">The type has no activity.</exception>
    /// <exception cref="InvalidOperationException">There is no instance for an instance method.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateAll(Type type, object? instance)
    {
        ArgumentNullException.ThrowIfNull(type);
        List<ActivityDefinition> definitions = [];
        foreach (MethodInfo method in MethodsOf(type))
        {
            if (!method.IsStatic && instance is null)
            {
                throw new InvalidOperationException($"{ActivityName.Describe(method)} is an instance method, and no instance was given.");
            }

            MethodInvoker invoke = MethodInvoker.Create(method);
            definitions.Add(Create(method, parameters => invoke.Invoke(instance, parameters.AsSpan())));
        }

        return definitions;
    }

    /// <summary>
    /// Calls the activity and waits for it. The result of an activity that returns a plain <see cref="Task"/> is an empty
    /// <see cref="ValueTuple"/>.
    /// </summary>
    /// <param name="parameters">The arguments: at least <see cref="RequiredParameterCount"/>, of the types of <see cref="ParameterTypes"/>.</param>
    public async Task<object?> InvokeAsync(object?[] parameters)
    {
        object? result;
        try
        {
            result = _invoker(parameters);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            // A caller's own invoker may go through reflection; what the activity threw is inside.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }

        if (result is not Task task)
        {
            return result;
        }

        await task;
        return TaskResult.Of(task);
    }

    /// <summary>The methods of a type that have an <see cref="ActivityAttribute"/>, those of base classes too.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static IReadOnlyList<MethodInfo> MethodsOf(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy;
        MethodInfo[] methods =
            [.. type.GetMethods(All).Where(method => method.IsDefined(typeof(ActivityAttribute), inherit: false))];
        return methods.Length > 0 ? methods : throw new ArgumentException($"{type} has no method with an [Activity] attribute.", nameof(type));
    }

    private static ActivityDefinition Create(
        string? name,
        Type returnType,
        IReadOnlyCollection<Type> parameterTypes,
        int requiredParameterCount,
        MethodInfo? method,
        Func<object?[], object?> invoker)
    {
        ArgumentNullException.ThrowIfNull(returnType);
        ArgumentNullException.ThrowIfNull(parameterTypes);
        ArgumentNullException.ThrowIfNull(invoker);
        string label = name ?? (method is null ? "(dynamic)" : ActivityName.Describe(method));
        if (name is null && (requiredParameterCount != 1 || parameterTypes.Count != 1 || parameterTypes.First() != typeof(IRawValue[])))
        {
            throw new ArgumentException($"Dynamic activity {label} must have one parameter, an array of {nameof(IRawValue)}.", nameof(parameterTypes));
        }

        if (requiredParameterCount < 0 || requiredParameterCount > parameterTypes.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(requiredParameterCount),
                $"Activity {label} requires {requiredParameterCount} arguments and has {parameterTypes.Count} parameters.");
        }

        if (parameterTypes.FirstOrDefault(type => type.IsByRef) is { } byReference)
        {
            throw new ArgumentException($"Activity {label} has a parameter by reference ({byReference}).", nameof(parameterTypes));
        }

        return new(name, returnType, parameterTypes, requiredParameterCount, method, invoker);
    }

    private static object?[] WithDefaults(ParameterInfo[] parameters, object?[] arguments) =>
        arguments.Length >= parameters.Length
            ? arguments
            : [.. arguments, .. parameters.Skip(arguments.Length).Select(parameter => parameter.DefaultValue)];
}
