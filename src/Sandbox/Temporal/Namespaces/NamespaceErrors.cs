using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.ErrorDetails.V1;

namespace Orchestrator.Sandbox.Temporal.Namespaces;

/// <summary>What is answered where a namespace is named that there is not.</summary>
internal static class NamespaceErrors
{
    public static RpcException NotFound(string name) =>
        RpcErrors.Of(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });
}
