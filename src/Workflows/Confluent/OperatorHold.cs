using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Confluent;

/// <summary>An annotation or label of a resource that switches the operator off, or one of its checks.</summary>
/// <param name="Annotation">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="SetBy">The field manager that wrote it, as far as the API server tells.</param>
/// <param name="Since">When that manager last wrote.</param>
/// <param name="ForChange">The change that set it; null where none did.</param>
public sealed record OperatorHold(string Annotation, string Value, string? SetBy, DateTimeOffset? Since, string? ForChange = null)
{
    /// <summary>The annotation that holds the operator: it leaves the resource as it is.</summary>
    public const string BlockReconcile = "platform.confluent.io/block-reconcile";

    /// <summary>The annotation that parks the pods it names before they start: the operator rolls nothing meanwhile.</summary>
    public const string MaintenanceMode = "platform.confluent.io/maintenance-mode";

    /// <summary>The annotation that switches the operator's check of the partitions off, with the value <c>disable</c>.</summary>
    public const string RollPrecheck = "platform.confluent.io/roll-precheck";

    /// <summary>The annotation in which the operator keeps how far a roll is: one that was left over blocks the next roll.</summary>
    public const string RollMetadata = "platform.confluent.io/roll-metadata";

    /// <summary>What the labels begin with that make the operator's admission webhook let deletions pass.</summary>
    public const string WebhookLabels = "confluent-operator.webhooks.platform.confluent.io/";

    /// <summary>The annotation beside <see cref="BlockReconcile"/> that names the change which set it.</summary>
    public const string Owner = "orchestrator.internal/held-by";

    /// <summary>Whether it is a label, and not an annotation.</summary>
    [JsonIgnore]
    public bool IsLabel => Annotation.StartsWith(WebhookLabels, StringComparison.Ordinal);

    /// <summary>Whether the operator leaves the resource as it is because of it.</summary>
    [JsonIgnore]
    public bool Stops => Annotation == MaintenanceMode || (Annotation == BlockReconcile && !IsFalse);

    /// <summary>Whether it is there and says <c>false</c>.</summary>
    [JsonIgnore]
    public bool IsFalse => string.Equals(Value, "false", StringComparison.OrdinalIgnoreCase);
}
