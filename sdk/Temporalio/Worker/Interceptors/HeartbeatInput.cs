namespace Temporalio.Worker.Interceptors;

/// <summary>What <see cref="ActivityOutboundInterceptor.Heartbeat"/> is called with.</summary>
/// <param name="Details">The details, not converted yet.</param>
public record HeartbeatInput(object?[] Details);
