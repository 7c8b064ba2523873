using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Histories;

/// <summary>A page of a history.</summary>
/// <param name="Events">The events, oldest first; may be none.</param>
/// <param name="NextPageToken">What the next page is asked for with; empty after the last page.</param>
internal sealed record HistoryPage(IReadOnlyList<HistoryEvent> Events, ByteString NextPageToken);
