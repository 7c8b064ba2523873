using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A start of an update and its workflow.</summary>
/// <param name="Update">The name of the update.</param>
/// <param name="Args">The arguments of the update.</param>
/// <param name="Options">The options.</param>
/// <param name="Headers">Headers of the update; null for none. May be set or changed.</param>
public record StartUpdateWithStartWorkflowInput(
    string Update,
    IReadOnlyCollection<object?> Args,
    WorkflowStartUpdateWithStartOptions Options,
    IDictionary<string, Payload>? Headers);
