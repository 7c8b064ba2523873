using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>A report from outside that an activity stopped as asked.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Options">The options.</param>
/// <param name="DataConverterOverride">The data converter in place of the client's.</param>
public record ReportCancellationAsyncActivityInput(
    AsyncActivityHandle.Reference Activity,
    AsyncActivityReportCancellationOptions? Options,
    DataConverter? DataConverterOverride = null);
