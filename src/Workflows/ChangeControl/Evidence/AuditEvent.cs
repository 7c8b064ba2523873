using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>One event of a change's audit chain. New members are optional; none is ever renamed.</summary>
/// <param name="Schema">Version of this record.</param>
/// <param name="ChainId">The change.</param>
/// <param name="Seq">Its place in the chain, from 0, without gaps.</param>
/// <param name="At">When, as the workflow's clock says: UTC with milliseconds.</param>
/// <param name="Type">What happened, such as <c>step.done</c>.</param>
/// <param name="Actor">Who did it; <c>system</c> for the run itself.</param>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="Tier">The tier of the change.</param>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="IncidentId">The incident that the change belongs to.</param>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Which try of the step, from 1.</param>
/// <param name="PlanHash">The plan.</param>
/// <param name="Outcome"><c>ok</c>, <c>refused</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Code">Why, where the outcome is not ok.</param>
/// <param name="Sentence">What happened, with names and numbers.</param>
/// <param name="Guard">The guard of a lock.</param>
/// <param name="Epoch">Its fencing token.</param>
/// <param name="WorkflowId">The workflow of the run.</param>
/// <param name="RunId">The run.</param>
/// <param name="PrevHash">The hash of the event before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over the bytes of <paramref name="PrevHash"/> and the canonical JSON of this event without its hash.</param>
public sealed record AuditEvent(
    [property: JsonPropertyName("schema")] int Schema,
    [property: JsonPropertyName("chainId")] string ChainId,
    [property: JsonPropertyName("seq")] int Seq,
    [property: JsonPropertyName("at")] string At,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("actor")] string Actor,
    [property: JsonPropertyName("procedure")] string Procedure,
    [property: JsonPropertyName("tier")] ChangeTier Tier,
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("incidentId")] string? IncidentId,
    [property: JsonPropertyName("step")] string? Step,
    [property: JsonPropertyName("attempt")] int? Attempt,
    [property: JsonPropertyName("planHash")] string? PlanHash,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("sentence")] string? Sentence,
    [property: JsonPropertyName("guard")] string? Guard,
    [property: JsonPropertyName("epoch")] long? Epoch,
    [property: JsonPropertyName("workflowId")] string WorkflowId,
    [property: JsonPropertyName("runId")] string RunId,
    [property: JsonPropertyName("prevHash")] string PrevHash,
    [property: JsonPropertyName("hash")] string? Hash = null);
