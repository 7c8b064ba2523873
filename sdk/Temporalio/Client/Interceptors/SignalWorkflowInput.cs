using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A signal.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run; null for the current one.</param>
/// <param name="Signal">The name of the signal.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Options">The options.</param>
/// <param name="Headers">Headers; null for none. May be set or changed.</param>
public record SignalWorkflowInput(
    string Id,
    string? RunId,
    string Signal,
    IReadOnlyCollection<object?> Args,
    WorkflowSignalOptions? Options,
    IDictionary<string, Payload>? Headers);
