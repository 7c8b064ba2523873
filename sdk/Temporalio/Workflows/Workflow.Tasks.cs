namespace Temporalio.Workflows;

public static partial class Workflow
{
    /// <summary>Starts a function on the workflow's scheduler: what workflow code uses in place of Task.Run.</summary>
    /// <param name="function">The function.</param>
    /// <param name="cancellationToken">Cancels the start. Default: the workflow's own token.</param>
    /// <returns>The function's task.</returns>
    public static Task RunTaskAsync(Func<Task> function, CancellationToken? cancellationToken = null)
    {
        WorkflowContext context = WorkflowContext.Current;
        return Task.Factory
            .StartNew(function, cancellationToken ?? context.CancellationToken, TaskCreationOptions.None, context)
            .Unwrap();
    }

    /// <summary>Starts a function on the workflow's scheduler: what workflow code uses in place of Task.Run.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="cancellationToken">Cancels the start. Default: the workflow's own token.</param>
    /// <returns>The function's task.</returns>
    public static Task<TResult> RunTaskAsync<TResult>(Func<Task<TResult>> function, CancellationToken? cancellationToken = null)
    {
        WorkflowContext context = WorkflowContext.Current;
        return Task.Factory
            .StartNew(function, cancellationToken ?? context.CancellationToken, TaskCreationOptions.None, context)
            .Unwrap();
    }

    /// <summary>Waits for all tasks.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The wait; fails if a task does.</returns>
    public static Task WhenAllAsync(IEnumerable<Task> tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all tasks.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The wait; fails if a task does.</returns>
    public static Task WhenAllAsync(params Task[] tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all tasks.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The results in the order of the tasks; fails if a task does.</returns>
    public static Task<TResult[]> WhenAllAsync<TResult>(IEnumerable<Task<TResult>> tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for all tasks.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The results in the order of the tasks; fails if a task does.</returns>
    public static Task<TResult[]> WhenAllAsync<TResult>(params Task<TResult>[] tasks) => Task.WhenAll(tasks);

    /// <summary>Waits for the first task to end.</summary>
    /// <param name="tasks">The tasks, at least one.</param>
    /// <returns>The task that ended.</returns>
    public static Task<Task> WhenAnyAsync(params Task[] tasks) => Task.WhenAny(tasks);

    /// <summary>Waits for the first task to end.</summary>
    /// <param name="tasks">The tasks, at least one.</param>
    /// <returns>The task that ended.</returns>
    public static Task<Task> WhenAnyAsync(IEnumerable<Task> tasks) => Task.WhenAny(tasks);

    /// <summary>Waits for the first task to end.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="tasks">The tasks, at least one.</param>
    /// <returns>The task that ended.</returns>
    public static async Task<Task<TResult>> WhenAnyAsync<TResult>(params Task<TResult>[] tasks) =>
        (Task<TResult>)await Task.WhenAny((Task[])tasks);

    /// <summary>Waits for the first task to end.</summary>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="tasks">The tasks, at least one.</param>
    /// <returns>The task that ended.</returns>
    public static async Task<Task<TResult>> WhenAnyAsync<TResult>(IEnumerable<Task<TResult>> tasks) =>
        (Task<TResult>)await Task.WhenAny((IEnumerable<Task>)tasks);
}
