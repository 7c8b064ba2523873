using Temporalio.Converters;

namespace Temporalio.Worker.Instances;

/// <summary>What people are shown beside a command.</summary>
internal static class UserMetadata
{
    /// <summary>The metadata of a command; null if there is nothing to show.</summary>
    public static Api.Sdk.V1.UserMetadata? Of(string? summary, string? details, IPayloadConverter converter) =>
        summary is null && details is null
            ? null
            : new()
            {
                Summary = summary is null ? null : converter.ToPayload(summary),
                Details = details is null ? null : converter.ToPayload(details),
            };
}
