using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>A query that a workflow answers: its name, its parameters, and how to call the handler.</summary>
public class WorkflowQueryDefinition
{
    private static readonly ConcurrentDictionary<MemberInfo, WorkflowQueryDefinition> OfMembers = new();

    private readonly Func<object?, object?[], object?> _call;

    private WorkflowQueryDefinition(
        string? name, string? description, HandlerSignature signature, Func<object?, object?[], object?> call)
    {
        Name = name;
        Description = description;
        Signature = signature;
        _call = call;
    }

    /// <summary>The query's name; null for a dynamic handler.</summary>
    public string? Name { get; }

    /// <summary>What the query answers; null if it was not said.</summary>
    public string? Description { get; }

    /// <summary>Whether the handler answers every query that has no other handler.</summary>
    public bool Dynamic => Name is null;

    internal HandlerSignature Signature { get; }

    /// <summary>Makes a definition of a method with a <see cref="WorkflowQueryAttribute"/>. The definition is cached.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no query can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowQueryDefinition FromMethod(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return OfMembers.GetOrAdd(method, static member => Make(member, (MethodInfo)member));
    }

    /// <summary>Makes a definition of a property with a <see cref="WorkflowQueryAttribute"/>. The definition is cached.</summary>
    /// <param name="property">The property.</param>
    /// <exception cref="ArgumentException">The property has no attribute, or no public getter.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowQueryDefinition FromProperty(PropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return OfMembers.GetOrAdd(
            property,
            static member => Make(
                member,
                ((PropertyInfo)member).GetGetMethod()
                    ?? throw new ArgumentException($"Query property {HandlerSignature.Describe(member)} must have a public getter.")));
    }

    /// <summary>Makes a definition by hand, for <see cref="Workflow.Queries"/> or <see cref="Workflow.DynamicQuery"/>.</summary>
    /// <param name="name">The query's name; null for a dynamic handler, which takes a string and an array of raw values.</param>
    /// <param name="del">The handler; returns the answer.</param>
    /// <param name="description">What the query answers.</param>
    /// <exception cref="ArgumentException">The signature is one that no query can have.</exception>
    /// <returns>The definition.</returns>
    public static WorkflowQueryDefinition CreateWithoutAttribute(string? name, Delegate del, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(del);
        HandlerSignature signature = new(HandlerCall.ParametersOf(del));
        RequireValue(HandlerCall.ReturnTypeOf(del), del.Method);
        if (name is null)
        {
            signature.RequireDynamic("Query", del.Method, name);
        }
        else
        {
            HandlerSignature.NotReserved("A query", name);
        }

        return new(name, description, signature, HandlerCall.Of(del));
    }

    /// <summary>The name of the query that a lambda calls or reads.</summary>
    /// <exception cref="ArgumentException">The member is no query, or dynamic.</exception>
    internal static string NameOfCall(MemberInfo member) =>
        (member is PropertyInfo property ? FromProperty(property) : FromMethod((MethodInfo)member)).Name
            ?? throw new ArgumentException($"{HandlerSignature.Describe(member)} is a dynamic query: call it by name.");

    /// <summary>Calls the handler.</summary>
    internal object? Invoke(object? instance, object?[] arguments) => _call(instance, arguments);

    private static WorkflowQueryDefinition Make(MemberInfo member, MethodInfo method)
    {
        WorkflowQueryAttribute attribute = member.GetCustomAttribute<WorkflowQueryAttribute>(inherit: false)
            ?? throw new ArgumentException($"{HandlerSignature.Describe(member)} has no [WorkflowQuery] attribute.");
        HandlerSignature.RequireCallable("Query", method);
        RequireValue(method.ReturnType, method);
        HandlerSignature signature = new(method.GetParameters());
        string? name = null;
        if (attribute.Dynamic)
        {
            signature.RequireDynamic("Query", method, attribute.Name);
        }
        else
        {
            name = HandlerSignature.NotReserved("A query", attribute.Name ?? member.Name);
        }

        return new(name, attribute.Description, signature, HandlerCall.Of(method));
    }

    private static void RequireValue(Type returnType, MethodInfo method)
    {
        if (returnType == typeof(void) || typeof(Task).IsAssignableFrom(returnType))
        {
            throw new ArgumentException($"Query {HandlerSignature.Describe(method)} must return a value, and no task.");
        }
    }
}
