using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>The calls that the programs share.</summary>
internal static class Calls
{
    public static ActivityOptions Options => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(10),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), MaximumAttempts = 2 },
    };

    public static Task<string> EchoAsync(string text, CancellationToken? cancellationToken = null)
    {
        ActivityOptions options = Options;
        options.CancellationToken = cancellationToken;
        return Workflow.ExecuteActivityAsync<string>("echo", [text], options);
    }
}
