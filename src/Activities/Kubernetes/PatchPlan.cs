using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>What is still to be written to an object. Pure.</summary>
internal static class PatchPlan
{
    /// <summary>The fields that are not as planned yet, and with them the mark of who changes them; empty where all are.</summary>
    /// <exception cref="ApplicationFailureException">
    /// A field is neither as planned nor as wanted, or is another's, or the object is another one.
    /// </exception>
    public static IReadOnlyList<PointerChange> Open(JsonObject obj, PatchObjectInput input)
    {
        ObjectReference reference = input.Object;
        if (reference.Uid is { } uid && uid != obj.Uid())
        {
            throw Changed($"{reference} has been replaced by another object: its uid is {obj.Uid()}, planned was {uid}.");
        }

        List<PointerChange> open = [.. input.Changes.Where(change => !IsSo(reference, obj, change))];
        if (input.Mark is not { } mark)
        {
            return open;
        }

        // What is set already was set for somebody: it is theirs to take back.
        string? owner = JsonPointer.Text(obj, mark.Pointer);
        bool isSet = mark.TakesBack ? open.Count > 0 : open.Count == 0;
        return isSet && owner != mark.Owner
                ? throw Changed($"{reference} has that change, but it was not made by {mark.Owner}: {mark.Pointer} is {Show(owner)}.")
            : open.Count == 0 ? open
            : [.. open, new PointerChange(mark.Pointer, owner, mark.TakesBack ? null : mark.Owner)];
    }

    private static bool IsSo(ObjectReference reference, JsonObject obj, PointerChange change)
    {
        string? now = JsonPointer.Text(obj, change.Pointer);
        return now == change.After || (now == change.Before
            ? false
            : throw Changed(
                $"{reference} {change.Pointer} is {Show(now)}; the plan changes it from {Show(change.Before)} to {Show(change.After)}."));
    }

    private static string Show(string? value) => value is null ? "absent" : $"'{value}'";

    private static ApplicationFailureException Changed(string message) =>
        new(message, errorType: ReasonCodes.PlanChanged, nonRetryable: true);
}
