using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Temporalio.Activities;

namespace Temporalio.Extensions.Hosting;

/// <summary>Puts a hosted worker together.</summary>
public static class TemporalWorkerServiceOptionsBuilderExtensions
{
    /// <summary>Adds a workflow. Workflows are not made by dependency injection.</summary>
    /// <typeparam name="T">The class with the workflow attribute.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddWorkflow(typeof(T));

    /// <summary>Adds a workflow. Workflows are not made by dependency injection.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The class with the workflow attribute.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddWorkflow(this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddWorkflow(type));

    /// <summary>Adds the activities of a type of which the host has one instance. Registers the type unless it is.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddSingletonActivities(typeof(T));

    /// <summary>Adds the activities of a type of which the host has one instance. Registers the type unless it is.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddSingletonActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddSingleton(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type of which each attempt has an instance. Registers the type unless it is.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddScopedActivities(typeof(T));

    /// <summary>Adds the activities of a type of which each attempt has an instance. Registers the type unless it is.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddScopedActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddScoped(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a transient type. Registers the type unless it is.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddTransientActivities(typeof(T));

    /// <summary>Adds the activities of a transient type. Registers the type unless it is.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddTransientActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.Services.TryAddTransient(type);
        return builder.ApplyTemporalActivities(type);
    }

    /// <summary>Adds the activities of a type whose methods are all static.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.AddStaticActivities(typeof(T));

    /// <summary>Adds the activities of a type whose methods are all static.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddStaticActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, null));

    /// <summary>Adds the activities of an instance that the caller has made.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    /// <param name="instance">The instance.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance<T>(
        this ITemporalWorkerServiceOptionsBuilder builder, T instance)
        where T : notnull =>
        builder.AddActivitiesInstance(typeof(T), instance);

    /// <summary>Adds the activities of an instance that the caller has made.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    /// <param name="instance">The instance.</param>
    public static ITemporalWorkerServiceOptionsBuilder AddActivitiesInstance(
        this ITemporalWorkerServiceOptionsBuilder builder, Type type, object instance) =>
        builder.ConfigureOptions(options => options.AddAllActivities(type, instance));

    /// <summary>Adds the activities of a type that the host has registered in a way of its own.</summary>
    /// <typeparam name="T">The type with the activities.</typeparam>
    /// <param name="builder">The worker.</param>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities<T>(this ITemporalWorkerServiceOptionsBuilder builder) =>
        builder.ApplyTemporalActivities(typeof(T));

    /// <summary>Adds the activities of a type that the host has registered in a way of its own.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="type">The type with the activities.</param>
    public static ITemporalWorkerServiceOptionsBuilder ApplyTemporalActivities(this ITemporalWorkerServiceOptionsBuilder builder, Type type)
    {
        builder.ConfigureOptions().PostConfigure<IServiceProvider>((options, provider) =>
        {
            foreach (ActivityDefinition definition in provider.CreateTemporalActivityDefinitions(type))
            {
                options.AddActivity(definition);
            }
        });
        return builder;
    }

    /// <summary>The builder of the worker's options.</summary>
    /// <param name="builder">The worker.</param>
    public static OptionsBuilder<TemporalWorkerServiceOptions> ConfigureOptions(this ITemporalWorkerServiceOptionsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services.AddOptions<TemporalWorkerServiceOptions>(
            TemporalWorkerServiceOptions.NameOf(builder.TaskQueue, builder.DeploymentOptions));
    }

    /// <summary>Changes the worker's options.</summary>
    /// <param name="builder">The worker.</param>
    /// <param name="configure">The change.</param>
    public static ITemporalWorkerServiceOptionsBuilder ConfigureOptions(
        this ITemporalWorkerServiceOptionsBuilder builder, Action<TemporalWorkerServiceOptions> configure)
    {
        builder.ConfigureOptions().Configure(configure);
        return builder;
    }
}
