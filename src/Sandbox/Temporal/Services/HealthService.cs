using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>The health check of gRPC (<c>grpc.health.v1</c>): as long as the server answers at all, it serves.</summary>
internal sealed class HealthService : IServiceMethodProvider<HealthService>
{
    // HealthCheckResponse { status: SERVING }: field 1, value 1. The message is in no assembly that is used here.
    private static readonly byte[] Serving = [0x08, 0x01];

    private static readonly Marshaller<byte[]> Bytes = new(bytes => bytes, bytes => bytes);

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<HealthService> context) =>
        context.AddUnaryMethod(
            new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", Bytes, Bytes),
            [],
            (_, _, _) => Task.FromResult(Serving));
}
