using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>
/// The part of a kubelet's API that runs programs in containers. A pod's container is a process on this machine, so the program is one too:
/// it runs in the pod's folder, and <c>POD_NAME</c> and <c>POD_NAMESPACE</c> say whose it is. What it writes is sent when it has ended.
/// </summary>
internal static class PodExec
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task AnswerAsync(HttpContext context, string @namespace, string pod, ContainerRuntime runtime)
    {
        if (runtime.FindRunning(@namespace, pod) is not { } folder)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"container not found: {@namespace}/{pod} does not run", context.RequestAborted);
            return;
        }

        IQueryCollection query = context.Request.Query;
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = SpdyExec.Protocol;
        context.Response.Headers["X-Stream-Protocol-Version"] = "v4.channel.k8s.io";
        await using Stream stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        using SpdyExec exec = new(stream, query.ContainsKey("input"));
        string input = await exec.ReceiveInputAsync(context.RequestAborted);
#pragma warning disable CA3006 // To run what the API server asks for is what exec is.
        ProcessStartInfo start = new(query["command"][0]!, query["command"].Skip(1).Select(word => word ?? ""))
        {
            WorkingDirectory = folder,
            Environment = { ["POD_NAMESPACE"] = @namespace, ["POD_NAME"] = pod },
        };
#pragma warning restore CA3006
        await exec.SendEndAsync(await RunAsync(start, input, runtime.TimeProvider, context.RequestAborted), context.RequestAborted);
    }

    private static async Task<ProgramEnd> RunAsync(
        ProcessStartInfo start, string input, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using CancellationTokenSource limit = new(Limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using Process process = Process.Start(start)!;
            await using CancellationTokenRegistration kill = either.Token.Register(() => process.Kill(entireProcessTree: true));
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await WriteAsync(process.StandardInput, input);
            await process.WaitForExitAsync(CancellationToken.None);
            return new(await output, await error, process.ExitCode);
        }
        catch (Win32Exception e)
        {
            return new("", "", 126) { Failure = $"unable to start container process: {e.Message}" };
        }
    }

    private static async Task WriteAsync(StreamWriter standardInput, string input)
    {
        try
        {
            await standardInput.WriteAsync(input);
            standardInput.Close();
        }
        catch (IOException)
        {
            // A program may end without reading its input.
        }
    }
}
