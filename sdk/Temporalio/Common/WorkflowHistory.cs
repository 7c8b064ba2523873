using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>The history of one workflow run.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="Events">The events, oldest first.</param>
public record WorkflowHistory(string Id, IReadOnlyCollection<HistoryEvent> Events)
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>
    /// Reads a history that <see cref="ToJson()"/>, the Temporal CLI or the Temporal UI wrote. Enumerations may be spelled long
    /// (<c>EVENT_TYPE_TIMER_FIRED</c>) or short (<c>TimerFired</c>); fields that this version does not know are left out.
    /// </summary>
    /// <exception cref="ArgumentException">The text is not the JSON of a history.</exception>
    public static WorkflowHistory FromJson(string workflowId, string json)
    {
        try
        {
            return new(workflowId, Parser.Parse<History>(HistoryJson.WithLongEnumNames(json)).Events);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidProtocolBufferException)
        {
            throw new ArgumentException($"The history of workflow {workflowId} is not valid JSON of a history: {e.Message}", nameof(json), e);
        }
    }

    /// <summary>The history as JSON. It does not hold the workflow id.</summary>
    public string ToJson() => JsonFormatter.Default.Format(ToProto());

    /// <summary>Writes the history as JSON. It does not hold the workflow id.</summary>
    public void ToJson(TextWriter writer) => JsonFormatter.Default.Format(ToProto(), writer);

    private History ToProto()
    {
        History history = new();
        history.Events.Add(Events);
        return history;
    }
}
