using Temporalio.Api.Sdk.V1;

namespace Temporalio.Converters;

/// <summary>The summary and details that the UI shows for a workflow, an activity or a timer.</summary>
internal static class UserMetadataConversion
{
    /// <summary>Converts and encodes summary and details; null when there are neither.</summary>
    public static async Task<UserMetadata?> ToUserMetadataAsync(this DataConverter converter, string? summary, string? details) =>
        summary is null && details is null
            ? null
            : new()
            {
                Summary = summary is null ? null : await converter.ToPayloadAsync(summary),
                Details = details is null ? null : await converter.ToPayloadAsync(details),
            };

    /// <summary>Decodes and converts the summary; null when there is none.</summary>
    public static async Task<string?> ToSummaryAsync(this DataConverter converter, UserMetadata? metadata) =>
        metadata?.Summary is { } summary ? await converter.ToValueAsync<string>(summary) : null;

    /// <summary>Decodes and converts the details; null when there are none.</summary>
    public static async Task<string?> ToDetailsAsync(this DataConverter converter, UserMetadata? metadata) =>
        metadata?.Details is { } details ? await converter.ToValueAsync<string>(details) : null;
}
