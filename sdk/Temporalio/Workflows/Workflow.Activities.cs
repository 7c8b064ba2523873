using System.Linq.Expressions;
using Temporalio.Activities;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    /// <summary>Calls a static activity.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>The result.</returns>
    public static Task<TResult> ExecuteActivityAsync<TResult>(Expression<Func<TResult>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<TResult>((LambdaExpression)activityCall, options);

    /// <summary>Calls a static activity.</summary>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>Done when the activity is.</returns>
    public static Task ExecuteActivityAsync(Expression<Action> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>((LambdaExpression)activityCall, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="TActivityInstance">The type with the activity's method.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>The result.</returns>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, TResult>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<TResult>((LambdaExpression)activityCall, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="TActivityInstance">The type with the activity's method.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>Done when the activity is.</returns>
    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Action<TActivityInstance>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>((LambdaExpression)activityCall, options);

    /// <summary>Calls a static activity.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>The result.</returns>
    public static Task<TResult> ExecuteActivityAsync<TResult>(Expression<Func<Task<TResult>>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<TResult>((LambdaExpression)activityCall, options);

    /// <summary>Calls a static activity.</summary>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>Done when the activity is.</returns>
    public static Task ExecuteActivityAsync(Expression<Func<Task>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>((LambdaExpression)activityCall, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="TActivityInstance">The type with the activity's method.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>The result.</returns>
    public static Task<TResult> ExecuteActivityAsync<TActivityInstance, TResult>(
        Expression<Func<TActivityInstance, Task<TResult>>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<TResult>((LambdaExpression)activityCall, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="TActivityInstance">The type with the activity's method.</typeparam>
    /// <param name="activityCall">A lambda that calls the activity's method.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>Done when the activity is.</returns>
    public static Task ExecuteActivityAsync<TActivityInstance>(
        Expression<Func<TActivityInstance, Task>> activityCall, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>((LambdaExpression)activityCall, options);

    /// <summary>Calls an activity by name.</summary>
    /// <param name="activity">The activity type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>Done when the activity is.</returns>
    public static Task ExecuteActivityAsync(string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        ExecuteActivityAsync<ValueTuple>(activity, args, options);

    /// <summary>Calls an activity by name.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="activity">The activity type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How to call it.</param>
    /// <exception cref="Exceptions.ActivityFailureException">The activity failed, timed out or was cancelled.</exception>
    /// <returns>The result.</returns>
    public static Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return WorkflowContext.Current.ExecuteActivityAsync<TResult>(activity, args, options);
    }

    private static Task<TResult> ExecuteActivityAsync<TResult>(LambdaExpression activityCall, ActivityOptions options)
    {
        CallExpression call = CallExpression.Of(activityCall);
        return ExecuteActivityAsync<TResult>(ActivityName.OfCall(call.Method), call.Arguments, options);
    }
}
