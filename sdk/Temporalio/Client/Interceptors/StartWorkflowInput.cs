using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A start of a workflow.</summary>
/// <param name="Workflow">The workflow type.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Options">The options.</param>
/// <param name="Headers">Headers; null for none. May be set or changed.</param>
public record StartWorkflowInput(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    WorkflowOptions Options,
    IDictionary<string, Payload>? Headers);
