using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Histories;

namespace Temporalio.Worker.Machines;

/// <summary>The errors of a workflow whose code no longer does what its history says it did.</summary>
internal static class Nondeterminism
{
    private const string Advice = "The workflow's code was changed in a way that running workflows cannot follow, or it is not deterministic.";

    public static WorkflowNondeterminismException NoCommand(HistoryEvent e) =>
        new($"Nondeterminism: the history has {EventText.Of(e)}, and the workflow made no command for it. {Advice}");

    public static WorkflowNondeterminismException OtherCommand(HistoryEvent e, QueuedCommand command) =>
        new($"Nondeterminism: the history has {EventText.Of(e)}, and the workflow made the command {command}. {Advice}");

    public static WorkflowNondeterminismException NoPatchCall(HistoryEvent e, string patchId) =>
        new($"Nondeterminism: the history has {EventText.Of(e)} of patch {patchId}, and the workflow made no call for it. " +
            "Deprecate a patch before its calls are removed.");

    public static WorkflowNondeterminismException UnknownInitiator(HistoryEvent e, long initiator) =>
        new($"Nondeterminism: {EventText.Of(e)} goes on with event {initiator}, for which the workflow has no command. {Advice}");

    public static WorkflowNondeterminismException Unexpected(HistoryEvent e, CommandMachine machine) =>
        new($"Nondeterminism: {EventText.Of(e)} cannot follow for {machine}.");

    public static WorkflowNondeterminismException UnknownCommand(string kind, object id) =>
        new($"Nondeterminism: the workflow refers to {kind} {id}, which it has not started.");
}
