using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Assessments;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Assessments;

/// <summary>Runs an assessment and prints its report: it asks for no approval and needs nobody's yes.</summary>
internal static class AssessmentStart
{
    /// <summary>Starts it, waits for its report and prints that.</summary>
    /// <param name="server">The server.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="isDetached">Whether to print its name alone, and not to wait.</param>
    /// <param name="failAt">The mildest verdict that ends with 1; null: none does.</param>
    /// <param name="format">How the report is printed.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="cancellationToken">Ends the wait; the run goes on.</param>
    /// <returns>
    /// The exit code: 0 where it was assessed, 1 where the verdict is <paramref name="failAt"/> or worse, 3 where it was refused.
    /// </returns>
    public static async Task<int> RunAsync(
        TemporalServer server,
        ProcedureRequest request,
        bool isDetached,
        Verdict? failAt,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        await ProcedureStart.StartAsync(server, request, cancellationToken);
        if (isDetached)
        {
            terminal.Print(format, new StartedAssessment(request.ChangeId, request.WorkflowId), one => new Sheet().Line(one.ReportId));
            return ExitCode.Done;
        }

        return Tell(await ReadAsync(server, request.WorkflowId, cancellationToken), failAt, format, terminal);
    }

    /// <summary>The report of a run, once it has ended.</summary>
    /// <exception cref="SopException">It ended without one, or the server is out of reach.</exception>
    public static async Task<AssessmentReport> ReadAsync(TemporalServer server, string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                rpc => server.Client.GetWorkflowHandle(workflowId).GetResultAsync<AssessmentReport>(rpcOptions: rpc),
                new RpcOptions(),
                cancellationToken);
        }
        catch (WorkflowFailedException e)
        {
            throw new SopException(ExitCode.Failed, $"'{workflowId}' ended without a report: {(e.InnerException ?? e).Message}", e);
        }
    }

    private static int Tell(AssessmentReport report, Verdict? failAt, OutputFormat format, Terminal terminal)
    {
        if (report.Refusals.Count > 0)
        {
            terminal.SayErrors(ExitCode.Blocked, [report.Sentence, .. report.Refusals.Select(refusal => refusal.Sentence)]);
            return ExitCode.Blocked;
        }

        terminal.Print(format, report, AssessmentSheet.Of);
        return report.Verdict >= failAt ? ExitCode.Failed : ExitCode.Done;
    }

    private sealed record StartedAssessment(string ReportId, string WorkflowId);
}
