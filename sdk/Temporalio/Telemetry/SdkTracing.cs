using System.Diagnostics;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Telemetry;

/// <summary>
/// Traces, with the sources, names, tags and header of the official SDK's OpenTelemetry extension. Nothing is traced while nobody
/// listens.
/// </summary>
internal static class SdkTracing
{
    /// <summary>The header that carries the trace.</summary>
    public const string HeaderKey = "_tracer-data";

    private const string Prefix = "Temporalio.Extensions.OpenTelemetry";

    /// <summary>Calls of clients.</summary>
    public static ActivitySource Client { get; } = new($"{Prefix}.Client");

    /// <summary>What workflows do. These spans take no time: a workflow may go on elsewhere.</summary>
    public static ActivitySource Workflow { get; } = new($"{Prefix}.Workflow");

    /// <summary>Attempts of activities.</summary>
    public static ActivitySource Activity { get; } = new($"{Prefix}.Activity");

    /// <summary>The headers with the trace of a span added; those given if there is none.</summary>
    public static IDictionary<string, Payload>? Inject(ActivityContext context, IDictionary<string, Payload>? headers) => context == default
        ? headers
        : new Dictionary<string, Payload>(headers ?? new Dictionary<string, Payload>()) { [HeaderKey] = HeaderOf(context) };

    /// <summary>The trace as the value of the header.</summary>
    public static Payload HeaderOf(ActivityContext context)
    {
        Dictionary<string, string> carrier = new()
        {
            ["traceparent"] = $"00-{context.TraceId}-{context.SpanId}-{(byte)context.TraceFlags:x2}",
        };
        if (!string.IsNullOrEmpty(context.TraceState))
        {
            carrier["tracestate"] = context.TraceState;
        }

        return DataConverter.Default.PayloadConverter.ToPayload(carrier);
    }

    /// <summary>The trace in the headers; the default if there is none.</summary>
    public static ActivityContext Extract(IReadOnlyDictionary<string, Payload>? headers)
    {
        if (headers?.GetValueOrDefault(HeaderKey) is not { } payload)
        {
            return default;
        }

        try
        {
            Dictionary<string, string>? carrier = DataConverter.Default.PayloadConverter.ToValue<Dictionary<string, string>>(payload);
            return ActivityContext.TryParse(
                carrier?.GetValueOrDefault("traceparent"), carrier?.GetValueOrDefault("tracestate"), isRemote: true, out ActivityContext context)
                ? context
                : default;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            // Another tool's header of the same name.
            return default;
        }
    }

    /// <summary>Marks the span as failed.</summary>
    public static void Fail(this Activity? activity, Exception exception)
    {
        if (activity is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
            activity.AddException(exception);
        }
    }
}
