using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;

namespace Temporalio.Extensions.Hosting;

/// <summary>Activities whose instances come from dependency injection.</summary>
public static class ServiceProviderExtensions
{
    /// <summary>Makes definitions of all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <typeparam name="T">The type of the service with the methods.</typeparam>
    /// <param name="provider">Where each attempt gets its scope and its instance from.</param>
    /// <exception cref="ArgumentException">The type has no activity.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions<T>(this IServiceProvider provider) =>
        provider.CreateTemporalActivityDefinitions(typeof(T));

    /// <summary>Makes definitions of all methods of a type that have an <see cref="ActivityAttribute"/>.</summary>
    /// <param name="provider">Where each attempt gets its scope and its instance from.</param>
    /// <param name="type">The type of the service with the methods.</param>
    /// <exception cref="ArgumentException">The type has no activity.</exception>
    public static IReadOnlyCollection<ActivityDefinition> CreateTemporalActivityDefinitions(this IServiceProvider provider, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy;
        ActivityDefinition[] definitions =
        [
            .. type.GetMethods(All)
                .Where(method => method.IsDefined(typeof(ActivityAttribute), inherit: false))
                .Select(method => provider.CreateTemporalActivityDefinition(type, method)),
        ];
        return definitions.Length > 0
            ? definitions
            : throw new ArgumentException($"{type} has no method with an [Activity] attribute.", nameof(type));
    }

    /// <summary>Makes a definition of one method with an <see cref="ActivityAttribute"/>.</summary>
    /// <param name="provider">Where each attempt gets its scope and its instance from.</param>
    /// <param name="instanceType">The type of the service that the method is called on, unless it is static.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">The method has no attribute, or a signature that no activity can have.</exception>
    public static ActivityDefinition CreateTemporalActivityDefinition(this IServiceProvider provider, Type instanceType, MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        ActivityDefinition onInstance = ActivityDefinition.Create(method, MethodInvokerOf(method));
        return ActivityDefinition.Create(method, arguments => InvokeAsync(provider, instanceType, method.IsStatic, onInstance, arguments));
    }

    private static Func<object?[], object?> MethodInvokerOf(MethodInfo method)
    {
        MethodInvoker invoker = MethodInvoker.Create(method);
        return arguments => invoker.Invoke(ActivityScope.ScopedInstance, arguments.AsSpan());
    }

    private static async Task<object?> InvokeAsync(
        IServiceProvider provider, Type instanceType, bool isStatic, ActivityDefinition onInstance, object?[] arguments)
    {
        AsyncServiceScope? ownScope = null;
        if (ActivityScope.ServiceScope is null)
        {
            ownScope = provider.CreateAsyncScope();
            ActivityScope.ServiceScope = ownScope;
        }

        try
        {
            ActivityScope.ScopedInstance = isStatic
                ? null
                : ActivityScope.ScopedInstance ?? ActivityScope.ServiceScope!.ServiceProvider.GetRequiredService(instanceType);
            return await onInstance.InvokeAsync(arguments);
        }
        finally
        {
            if (ownScope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
    }
}
