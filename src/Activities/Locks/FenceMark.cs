using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>The mark that a change leaves on an object that it writes: <c>guard8=epoch</c>. Pure.</summary>
internal static class FenceMark
{
    private static readonly string Pointer = JsonPointer.Of(["metadata", "annotations", GuardId.FenceAnnotation]);

    /// <summary>The change of the object's annotation.</summary>
    /// <exception cref="ApplicationFailureException">A newer change has written the object.</exception>
    public static PointerChange On(ObjectReference reference, JsonObject obj, Fence fence)
    {
        string guard = GuardId.Short(fence.Guard);
        string? mark = JsonPointer.Text(obj, Pointer);
        return mark?.Split('=') is [var by, var number] && by == guard
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch) && epoch > fence.Epoch
            ? throw new ApplicationFailureException(
                $"{reference} was written under the token {epoch} of {fence.Guard}, "
                + $"and this change has {fence.Epoch}: it changes nothing more.",
                errorType: ReasonCodes.Fenced,
                nonRetryable: true)
            : new PointerChange(Pointer, mark, $"{guard}={fence.Epoch}");
    }
}
