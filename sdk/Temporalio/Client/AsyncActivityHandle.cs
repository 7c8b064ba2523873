using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>An activity that left its completion to others, and how they complete it.</summary>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Activity">The activity.</param>
public record AsyncActivityHandle(ITemporalClient Client, AsyncActivityHandle.Reference Activity)
    : IWithSerializationContext<AsyncActivityHandle>
{
    /// <summary>The data converter in place of the client's; null for the client's.</summary>
    public DataConverter? DataConverterOverride { get; init; }

    /// <summary>Completes the activity.</summary>
    public Task CompleteAsync(object? result = null, AsyncActivityCompleteOptions? options = null) =>
        Client.OutboundInterceptor.CompleteAsyncActivityAsync(new(Activity, result, options, DataConverterOverride));

    /// <summary>Fails the activity.</summary>
    public Task FailAsync(Exception exception, AsyncActivityFailOptions? options = null) =>
        Client.OutboundInterceptor.FailAsyncActivityAsync(new(Activity, exception, options, DataConverterOverride));

    /// <summary>Says that the activity is alive.</summary>
    /// <exception cref="Exceptions.AsyncActivityCanceledException">The activity is to stop.</exception>
    public Task HeartbeatAsync(AsyncActivityHeartbeatOptions? options = null) =>
        Client.OutboundInterceptor.HeartbeatAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <summary>Says that the activity stopped as asked.</summary>
    public Task ReportCancellationAsync(AsyncActivityReportCancellationOptions? options = null) =>
        Client.OutboundInterceptor.ReportCancellationAsyncActivityAsync(new(Activity, options, DataConverterOverride));

    /// <inheritdoc/>
    public virtual AsyncActivityHandle WithSerializationContext(ISerializationContext context) => this with
    {
        DataConverterOverride = (DataConverterOverride ?? Client.Options.DataConverter).WithSerializationContext(context),
    };

    /// <summary>What names an activity.</summary>
    public abstract record Reference
    {
        private protected Reference()
        {
        }
    }

    /// <summary>An activity by its ids.</summary>
    /// <param name="WorkflowId">The workflow id.</param>
    /// <param name="RunId">The run id; null for the current run.</param>
    /// <param name="ActivityId">The activity id.</param>
    public record IdReference(string WorkflowId, string? RunId, string ActivityId) : Reference;

    /// <summary>An activity by its task token.</summary>
    /// <param name="TaskToken">The token, from <c>ActivityInfo</c>.</param>
    public record TaskTokenReference(byte[] TaskToken) : Reference;
}
