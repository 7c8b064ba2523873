using System.Reflection;

namespace Temporalio.Activities;

/// <summary>Reads the result of a finished task whose result type is known only at run time, without reflection on each call.</summary>
internal static class TaskResult
{
    private const string NoResult = "System.Threading.Tasks.VoidTaskResult";

    private static readonly MethodInfo OfMethod =
        typeof(TaskResult).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The reader for what a method with this return type returns.</summary>
    public static Func<Task, object?> ReaderOf(Type returnType)
    {
        if (ResultTypeOf(returnType) is { } resultType)
        {
            return OfMethod.MakeGenericMethod(resultType).CreateDelegate<Func<Task, object?>>();
        }

        // An invoker declared to return any object may still return a Task<T>. The task of an async method without a result is one of
        // an internal type of the runtime, which is no result.
        return returnType == typeof(object)
            ? task => ResultTypeOf(task.GetType()) is { } type && type.FullName != NoResult
                ? OfMethod.MakeGenericMethod(type).Invoke(null, [task])
                : ValueTuple.Create()
            : _ => ValueTuple.Create();
    }

    private static Type? ResultTypeOf(Type type)
    {
        for (Type? candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(Task<>))
            {
                return candidate.GetGenericArguments()[0];
            }
        }

        return null;
    }

    private static object? Of<T>(Task task) => ((Task<T>)task).Result;
}
