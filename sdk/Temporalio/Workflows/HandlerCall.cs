using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>Calls a handler's method or delegate without reflection on each call.</summary>
internal static class HandlerCall
{
    /// <summary>The call of a method on the workflow's instance.</summary>
    public static Func<object?, object?[], object?> Of(MethodInfo method)
    {
        MethodInvoker invoker = MethodInvoker.Create(method);
        return (instance, arguments) => invoker.Invoke(instance, arguments.AsSpan());
    }

    /// <summary>The call of a delegate; the workflow's instance plays no part.</summary>
    public static Func<object?, object?[], object?> Of(Delegate handler)
    {
        MethodInvoker invoker = MethodInvoker.Create(InvokeOf(handler));
        return (_, arguments) => invoker.Invoke(handler, arguments.AsSpan());
    }

    /// <summary>The parameters of a delegate, with their defaults where the method behind it shows them.</summary>
    public static ParameterInfo[] ParametersOf(Delegate handler)
    {
        ParameterInfo[] declared = InvokeOf(handler).GetParameters();
        ParameterInfo[] behind = handler.Method.GetParameters();
        return behind.Length == declared.Length ? behind : declared;
    }

    public static Type ReturnTypeOf(Delegate handler) => InvokeOf(handler).ReturnType;

    private static MethodInfo InvokeOf(Delegate handler) => handler.GetType().GetMethod(nameof(Action.Invoke))!;
}
