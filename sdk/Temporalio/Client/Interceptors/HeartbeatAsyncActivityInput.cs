using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>A heartbeat of an activity from outside.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Options">The options.</param>
/// <param name="DataConverterOverride">The data converter in place of the client's.</param>
public record HeartbeatAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    AsyncActivityHeartbeatOptions? Options,
    DataConverter? DataConverterOverride = null);
