using System.Diagnostics;

namespace Temporalio.Worker.Instances;

/// <summary>Where workflow code waits.</summary>
/// <param name="traces">The run's waits.</param>
/// <param name="stack">The stack of this one.</param>
internal sealed class WaitTrace(LinkedList<WaitTrace> traces, StackTrace stack)
{
    private static readonly string[] Machinery =
        [" at Temporalio.Worker.", " at Temporalio.Workflows.", " at System.Threading.", " at System.Runtime.", " at System.Reflection.", " at System.RuntimeMethodHandle."];

    public void End() => traces.Remove(this);

    /// <summary>The frames of workflow code.</summary>
    public override string ToString() => string.Join('\n', stack.ToString()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !Machinery.Any(frame => $" {line}".Contains(frame, StringComparison.Ordinal))));
}
