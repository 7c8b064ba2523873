using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>A lambda that makes one call, taken apart into the method and the values of its arguments.</summary>
/// <param name="Method">The method that is called.</param>
/// <param name="Arguments">The values of the arguments, evaluated.</param>
internal readonly record struct CallExpression(MethodInfo Method, IReadOnlyCollection<object?> Arguments)
{
    /// <summary>Takes a lambda apart: <c>() => Type.Method(arguments)</c> or <c>(Type x) => x.Method(arguments)</c>.</summary>
    /// <exception cref="ArgumentException">The lambda is something other than one call on its parameter or of a static method.</exception>
    public static CallExpression Of(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        if (WithoutConversion(lambda.Body) is not MethodCallExpression call)
        {
            throw new ArgumentException($"The lambda must be a single method call, not {lambda.Body}.", nameof(lambda));
        }

        // An instance call without a parameter, () => instance.Method(), names the method of a service that only its worker has.
        if (call.Object is not null && lambda.Parameters.Count == 1 && WithoutConversion(call.Object) != lambda.Parameters[0])
        {
            throw new ArgumentException($"The lambda must call a method of its parameter {lambda.Parameters[0]}, not {lambda.Body}.", nameof(lambda));
        }

        object?[] arguments = call.Arguments.Count == 0 ? [] : new object?[call.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = ExpressionValue.Of(call.Arguments[i]);
        }

        return new(call.Method, arguments);
    }

    /// <summary>The property or the method that a query's lambda names, and the arguments of the method.</summary>
    /// <exception cref="ArgumentException">The lambda is something else.</exception>
    public static (MemberInfo Member, IReadOnlyCollection<object?> Arguments) OfQuery(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        if (WithoutConversion(lambda.Body) is MemberExpression { Member: PropertyInfo property } member
            && member.Expression is not null
            && WithoutConversion(member.Expression) == lambda.Parameters[0])
        {
            return (property, []);
        }

        CallExpression call = Of(lambda);
        return (call.Method, call.Arguments);
    }

    private static Expression WithoutConversion(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : expression;
}
