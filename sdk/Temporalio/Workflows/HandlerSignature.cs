using System.Reflection;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>The parameters of a workflow's run method or handler, and how a name is taken from a method.</summary>
internal sealed class HandlerSignature
{
    /// <summary>Names that begin so belong to the SDK.</summary>
    public const string ReservedPrefix = "__temporal_";

    private const string AsyncSuffix = "Async";
    private static readonly string[] ReservedNames = ["__stack_trace", "__enhanced_stack_trace"];

    private readonly object?[] _defaults;

    public HandlerSignature(ParameterInfo[] parameters)
    {
        Types = [.. parameters.Select(parameter => parameter.ParameterType)];
        RequiredCount = parameters.Count(parameter => !parameter.HasDefaultValue);
        _defaults = [.. parameters.Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null)];
    }

    /// <summary>The types of the parameters, in order.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>How many arguments a call must have; the others have defaults.</summary>
    public int RequiredCount { get; }

    /// <summary>The value of a parameter that a caller left out.</summary>
    public object? DefaultOf(int parameter) => _defaults[parameter];

    /// <summary>Whether these are the parameters of a dynamic handler: a name and an array of raw values.</summary>
    public bool IsNameAndRawValues => Types.Count == 2 && Types[0] == typeof(string) && Types[1] == typeof(IRawValue[]);

    public static string Describe(MemberInfo member) => $"{member.DeclaringType?.FullName}.{member.Name}";

    /// <summary>The name of a handler that returns a task: its method's without a trailing "Async".</summary>
    public static string WithoutAsync(string methodName) =>
        methodName.Length > AsyncSuffix.Length && methodName.EndsWith(AsyncSuffix, StringComparison.Ordinal)
            ? methodName[..^AsyncSuffix.Length]
            : methodName;

    /// <exception cref="ArgumentException">The name belongs to the SDK.</exception>
    public static string NotReserved(string kind, string name) =>
        name.StartsWith(ReservedPrefix, StringComparison.Ordinal) || ReservedNames.Contains(name)
            ? throw new ArgumentException($"{kind} cannot be named {name}: the name is reserved.")
            : name;

    /// <exception cref="ArgumentException">The method cannot be called from outside, is static, or has type parameters.</exception>
    public static void RequireCallable(string kind, MethodInfo method)
    {
        if (!method.IsPublic)
        {
            throw new ArgumentException($"{kind} method {Describe(method)} must be public.");
        }

        if (method.IsStatic)
        {
            throw new ArgumentException($"{kind} method {Describe(method)} must not be static.");
        }

        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{kind} method {Describe(method)} must not have type parameters.");
        }
    }

    /// <exception cref="ArgumentException">The handler is dynamic and has other parameters, or a name.</exception>
    public void RequireDynamic(string kind, MethodInfo method, string? name)
    {
        if (name is not null)
        {
            throw new ArgumentException($"{kind} method {Describe(method)} is dynamic and has the name {name}: remove one.");
        }

        if (!IsNameAndRawValues)
        {
            throw new ArgumentException($"Dynamic {kind} method {Describe(method)} must take a string and an array of IRawValue.");
        }
    }
}
