using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A query.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run; null for the current one.</param>
/// <param name="Query">The name of the query.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Options">The options.</param>
/// <param name="Headers">Headers; null for none. May be set or changed.</param>
public record QueryWorkflowInput(
    string Id,
    string? RunId,
    string Query,
    IReadOnlyCollection<object?> Args,
    WorkflowQueryOptions? Options,
    IDictionary<string, Payload>? Headers);
