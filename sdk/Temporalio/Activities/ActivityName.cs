using System.Reflection;

namespace Temporalio.Activities;

/// <summary>The rule that gives an activity its name.</summary>
internal static class ActivityName
{
    private const string AsyncSuffix = "Async";
    private const string LocalFunctionMark = ">g__";

    /// <summary>The name that a call of this method carries.</summary>
    /// <exception cref="ArgumentException">The method has no attribute, is dynamic, or is a lambda without a name.</exception>
    public static string OfCall(MethodInfo method) =>
        Of(method, AttributeOf(method)) ?? throw new ArgumentException($"{Describe(method)} is a dynamic activity: call it by name.");

    /// <summary>The name of the method with its attribute; null for a dynamic activity.</summary>
    public static string? Of(MethodInfo method, ActivityAttribute attribute)
    {
        if (attribute.Dynamic)
        {
            return attribute.Name is null
                ? null
                : throw new ArgumentException($"{Describe(method)} is a dynamic activity and has the name {attribute.Name}: remove one.");
        }

        return attribute.Name ?? OfUnnamed(method);
    }

    public static ActivityAttribute AttributeOf(MethodInfo method) =>
        method.GetCustomAttribute<ActivityAttribute>(inherit: false)
            ?? throw new ArgumentException($"{Describe(method)} has no [Activity] attribute.");

    public static string Describe(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}";

    private static string OfUnnamed(MethodInfo method)
    {
        string name = method.Name;

        // The compiler calls a local function <Outer>g__Name|0_0.
        int start = name.IndexOf(LocalFunctionMark, StringComparison.Ordinal);
        int end = name.LastIndexOf('|');
        if (start >= 0 && end > start)
        {
            name = name[(start + LocalFunctionMark.Length)..end];
        }

        if (name.Contains('<', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{Describe(method)} is a lambda: give its [Activity] attribute a name.");
        }

        return typeof(Task).IsAssignableFrom(method.ReturnType)
            && name.Length > AsyncSuffix.Length
            && name.EndsWith(AsyncSuffix, StringComparison.Ordinal)
                ? name[..^AsyncSuffix.Length]
                : name;
    }
}
