using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>A failure of an activity from outside.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Exception">The failure.</param>
/// <param name="Options">The options.</param>
/// <param name="DataConverterOverride">The data converter in place of the client's.</param>
public record FailAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    Exception Exception,
    AsyncActivityFailOptions? Options,
    DataConverter? DataConverterOverride = null);
