using Microsoft.Extensions.DependencyInjection;

namespace Temporalio.Extensions.Hosting;

/// <summary>
/// The dependency injection scope of the current activity. Each attempt has a scope of its own, unless an interceptor sets one inside
/// its <c>ExecuteActivityAsync</c>; then that is used, and the interceptor disposes it.
/// </summary>
public static class ActivityScope
{
    private static readonly AsyncLocal<IServiceScope?> ServiceScopeLocal = new();
    private static readonly AsyncLocal<object?> ScopedInstanceLocal = new();

    /// <summary>The scope; null outside of an activity. Flows with asynchronous calls.</summary>
    public static IServiceScope? ServiceScope
    {
        get => ServiceScopeLocal.Value;
        set => ServiceScopeLocal.Value = value;
    }

    /// <summary>The instance that the activity's method is called on; null for a static method, and outside of an activity.</summary>
    public static object? ScopedInstance
    {
        get => ScopedInstanceLocal.Value;
        set => ScopedInstanceLocal.Value = value;
    }
}
