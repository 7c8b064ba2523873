using System.Collections.Concurrent;
using System.Reflection;

namespace Temporalio.Activities;

/// <summary>Reads the result of a finished task whose result type is known only at run time.</summary>
internal static class TaskResult
{
    // The runtime's own type: the task of an async method without a result is one of it.
    private const string NoResult = "System.Threading.Tasks.VoidTaskResult";

    private static readonly ConcurrentDictionary<Type, Func<Task, object?>> Readers = new();
    private static readonly MethodInfo ReadMethod = typeof(TaskResult).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The result; an empty <see cref="ValueTuple"/> for a task without one.</summary>
    public static object? Of(Task task) => Readers.GetOrAdd(task.GetType(), ReaderOf)(task);

    /// <summary>The reader for tasks of this type.</summary>
    public static Func<Task, object?> ReaderOf(Type taskType)
    {
        for (Type? type = taskType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) && type.GetGenericArguments()[0].FullName != NoResult)
            {
                return ReadMethod.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<Task, object?>>();
            }
        }

        return _ => ValueTuple.Create();
    }

    private static object? Read<T>(Task task) => ((Task<T>)task).Result;
}
