namespace Orchestrator.Workflows.Confluent;

/// <summary>
/// An annotation that switches the operator off, or its checks: <c>block-reconcile</c>, <c>maintenance-mode</c>, <c>roll-precheck</c>.
/// </summary>
/// <param name="Annotation">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="SetBy">The field manager that wrote it, as far as the API server tells.</param>
/// <param name="Since">When that manager last wrote.</param>
/// <param name="ForChange">The change that set it; null where none did.</param>
public sealed record OperatorHold(string Annotation, string Value, string? SetBy, DateTimeOffset? Since, string? ForChange = null)
{
    /// <summary>The annotation that holds the operator: it leaves the resource as it is.</summary>
    public const string BlockReconcile = "platform.confluent.io/block-reconcile";

    /// <summary>The annotation beside it that names the change which set it.</summary>
    public const string Owner = "orchestrator.internal/held-by";
}
