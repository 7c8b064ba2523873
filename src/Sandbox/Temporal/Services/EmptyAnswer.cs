using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>The answer to a call of whichever method that is served no more: a message without a field.</summary>
internal static class EmptyAnswer
{
    // A message in gRPC's framing: not compressed, and of no bytes.
    private static readonly byte[] Nothing = [0, 0, 0, 0, 0];

    /// <summary>Gives it, after something.</summary>
    public static async Task GiveAsync(HttpContext context, Task after)
    {
        await ((Task)after.WaitAsync(context.RequestAborted)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(Nothing).ConfigureAwait(false);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
