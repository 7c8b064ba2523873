using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Interop;

/// <summary>The activities of the programs, as in <c>../TypeScript/program.js</c>.</summary>
public static class InteropActivities
{
    [Activity("echo")]
    public static string Echo(string text) => text;

    [Activity("refuse")]
    public static void Refuse(string text) => throw new ApplicationFailureException($"not {text}", "Refused", nonRetryable: true);

    [Activity("stumble")]
    public static void Stumble() => throw new InvalidOperationException($"attempt {ActivityExecutionContext.Current.Info.Attempt}");

    [Activity("hold")]
    public static async Task HoldAsync()
    {
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.CancellationToken);
        }
    }
}
