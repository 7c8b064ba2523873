using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop pause --all</c> and <c>sop resume --all</c>: steers every change that has not ended.</summary>
internal static class EveryChangeControl
{
    private static readonly SearchAttributeKey<string> Target = SearchAttributeKey.CreateKeyword(ChangeNames.TargetAttribute);

    /// <summary>Sends a control to every change, whatever becomes of it at the others.</summary>
    /// <param name="control">The control.</param>
    /// <param name="request">Who asks, and why.</param>
    /// <param name="target">The target of those that are meant: a namespace, or a cluster with all of its; null for all.</param>
    /// <param name="format">How the answers are printed.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="cancellationToken">Ends it; what was sent stays.</param>
    /// <returns>
    /// The exit code: 0 where every change does so or had done so before; 3 where one refuses, such as one that puts back what it
    /// changed; 5 where one does not answer.
    /// </returns>
    public static async Task<int> RunAsync(
        string control,
        ControlRequest request,
        string? target,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        ChangeTarget? meant = target is null ? null : TargetText.Read(target)
            ?? throw new SopException(ExitCode.Usage, $"--target '{target}' must be context/namespace, or context.");
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        List<SteeredChange> answers = [];
        try
        {
            await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(server, OpenChanges.All, cancellationToken))
            {
                string on = workflow.TypedSearchAttributes.TryGetValue(Target, out string? value) ? value : "";
                bool isMeant = meant is null || on == $"{meant}"
                    || (meant.Namespace is null && on.StartsWith($"{meant.Context}/", StringComparison.Ordinal));
                if (isMeant && IsChange(workflow.WorkflowType))
                {
                    answers.Add(await SendAsync(server, workflow.Id, on, control, request, cancellationToken));
                }
            }
        }
        catch (NoChangesYetException e)
        {
            terminal.Say(e.Message);
        }

        terminal.Print(format, answers, Sheet);
        return answers.Select(answer => answer.ExitCode).DefaultIfEmpty(ExitCode.Done).Max();
    }

    // What only reads has nothing to pause.
    private static bool IsChange(string workflowType) => ProcedureCatalogue.All.Any(
        procedure => procedure.WorkflowType == workflowType && procedure.Kind == ProcedureKind.Change);

    private static async Task<SteeredChange> SendAsync(
        TemporalServer server, string workflowId, string on, string control, ControlRequest request, CancellationToken cancellationToken)
    {
        string change = ChangeId.Of(workflowId);
        try
        {
            ChangeStatus status = (await new ChangeReader(server, workflowId).ReadAsync(cancellationToken)).Change;
            bool isThere = control == ControlNames.Pause
                ? status.State is ChangeState.Paused or ChangeState.Blocked
                : status.State is ChangeState.Running;
            if (ChangeExit.IsFinal(status.State) || isThere)
            {
                return new(change, on, status.State, status.Sentence, ExitCode.Done);
            }

            ControlAnswer answer = await UpdateCall.SendAsync<ControlAnswer>(server, workflowId, control, request, null, cancellationToken);
            return new(change, on, answer.State, answer.Sentence, ExitCode.Done);
        }
        catch (SopException e)
        {
            return new(change, on, null, string.Join(' ', e.Sentences), e.ExitCode);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return new(change, on, null, "It has ended.", ExitCode.Done);
        }
    }

    private static Sheet Sheet(IReadOnlyList<SteeredChange> answers) => answers.Count == 0
        ? new Sheet().Line("No change is open.")
        : new Sheet().Table(
            null,
            ["change", "target", "state", "answer"],
            answers.Select(answer => new Cell[]
            {
                answer.Change, answer.Target, answer.State is { } state ? $"{state}" : "?", answer.Sentence,
            }));

    /// <summary>What a change answered.</summary>
    /// <param name="Change">The change.</param>
    /// <param name="Target">What it is aimed at.</param>
    /// <param name="State">Where it stands; null where that is not known.</param>
    /// <param name="Sentence">What it does now, or why not.</param>
    /// <param name="ExitCode">What the command ends with for it.</param>
    private sealed record SteeredChange(string Change, string Target, ChangeState? State, string Sentence, int ExitCode);
}
