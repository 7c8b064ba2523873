using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A start of an update.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run; null for the current one.</param>
/// <param name="FirstExecutionRunId">The first run of the chain; null for any.</param>
/// <param name="Update">The name of the update.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Options">The options.</param>
/// <param name="Headers">Headers; null for none. May be set or changed.</param>
public record StartWorkflowUpdateInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    string Update,
    IReadOnlyCollection<object?> Args,
    WorkflowUpdateStartOptions Options,
    IDictionary<string, Payload>? Headers);
