using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Workflows;

/// <summary>
/// The value of an expression. Constants, captured variables, fields and properties are read directly, because compiling a lambda
/// costs more than the call that the value is for; all else is compiled.
/// </summary>
internal static class ExpressionValue
{
    public static object? Of(Expression expression) =>
        TryRead(expression, out object? value)
            ? value
            : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private static bool TryRead(Expression expression, out object? value)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression member when TryReadOwner(member, out object? owner):
                return TryReadMember(member.Member, owner, out value);
            case UnaryExpression { NodeType: ExpressionType.Convert, Method: null } conversion
                when IsUnchangedBy(conversion) && TryRead(conversion.Operand, out value):
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static bool TryReadOwner(MemberExpression member, out object? owner)
    {
        owner = null;

        // A null owner of an instance member is left to the compiled code, which throws as the language says.
        return member.Expression is null || (TryRead(member.Expression, out owner) && owner is not null);
    }

    private static bool TryReadMember(MemberInfo member, object? owner, out object? value)
    {
        switch (member)
        {
            case FieldInfo field:
                value = field.GetValue(owner);
                return true;
            case PropertyInfo property:
                value = property.GetValue(owner, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
                return true;
            default:
                value = null;
                return false;
        }
    }

    // Boxing and casts to a base keep the object; numeric conversions do not.
    private static bool IsUnchangedBy(UnaryExpression conversion) =>
        conversion.Type.IsAssignableFrom(conversion.Operand.Type)
        || Nullable.GetUnderlyingType(conversion.Type) == conversion.Operand.Type;
}
