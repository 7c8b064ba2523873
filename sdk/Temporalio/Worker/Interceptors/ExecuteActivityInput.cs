using Temporalio.Activities;
using Temporalio.Api.Common.V1;

namespace Temporalio.Worker.Interceptors;

/// <summary>What <see cref="ActivityInboundInterceptor.ExecuteActivityAsync"/> is called with.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Args">Its arguments, converted.</param>
/// <param name="Headers">The headers of the call; null if it has none.</param>
public record ExecuteActivityInput(ActivityDefinition Activity, object?[] Args, IReadOnlyDictionary<string, Payload>? Headers);
