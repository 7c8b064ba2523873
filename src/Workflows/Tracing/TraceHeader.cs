using System.Diagnostics;
using System.Text.Json;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Orchestrator.Workflows.Tracing;

/// <summary>
/// W3C trace context in a Temporal header. Name and form are those of Temporal's own tracing in every language, so that traces go on
/// through workers that are not ours: a JSON object with <c>traceparent</c> and <c>tracestate</c>.
/// </summary>
internal static class TraceHeader
{
    public const string Name = "_tracer-data";

    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    private static IPayloadConverter Converter => DataConverter.Default.PayloadConverter;

    /// <summary>The headers and the context; the same headers where there is no context.</summary>
    public static IDictionary<string, Payload>? With(IDictionary<string, Payload>? headers, ActivityContext context)
    {
        if (context == default)
        {
            return headers;
        }

        Dictionary<string, string> fields = new()
        {
            [TraceParent] = $"00-{context.TraceId}-{context.SpanId}-{(byte)context.TraceFlags:x2}",
        };
        if (!string.IsNullOrEmpty(context.TraceState))
        {
            fields[TraceState] = context.TraceState;
        }

        return new Dictionary<string, Payload>(headers ?? new Dictionary<string, Payload>()) { [Name] = Converter.ToPayload(fields) };
    }

    /// <summary>The context in the headers; none where there is none, or what is there is not a trace context.</summary>
    public static ActivityContext Read(IReadOnlyDictionary<string, Payload>? headers)
    {
        if (headers?.GetValueOrDefault(Name) is not { } payload)
        {
            return default;
        }

        try
        {
            Dictionary<string, string>? fields = Converter.ToValue<Dictionary<string, string>?>(payload);
            return ActivityContext.TryParse(
                fields?.GetValueOrDefault(TraceParent), fields?.GetValueOrDefault(TraceState), isRemote: true, out ActivityContext context)
                ? context
                : default;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Whoever wrote it: work is not held up for the sake of its trace.
            return default;
        }
    }
}
