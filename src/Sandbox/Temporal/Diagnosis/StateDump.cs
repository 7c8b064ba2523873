using System.Buffers;
using System.Text.Json;
using Google.Protobuf;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Schedules;
using Orchestrator.Sandbox.Temporal.Visibility;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Diagnosis;

/// <summary>
/// All state of a server as one JSON document, for bug reports: clocks, who holds them, what is still to ring, and of each namespace its
/// task queues, schedules and runs with their histories. Messages of Temporal's API stand in it as protobuf's JSON has them.
/// </summary>
internal static class StateDump
{
    /// <summary>Of one instant, in UTF-8; takes the server's lock.</summary>
    public static ReadOnlyMemory<byte> Of(ServerState state)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter json = new(bytes);
        lock (state.Gate)
        {
            json.WriteStartObject();
            WriteTime(json, state);
            WriteAll(json, "namespaces", state.Namespaces.Values.OrderBy(space => space.Name, StringComparer.Ordinal), Write);
            json.WriteEndObject();
        }

        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void WriteTime(Utf8JsonWriter json, ServerState state)
    {
        json.WriteStartObject("time");
        json.WriteString("now", state.Time.Now);
        json.WriteString("wallClock", state.Time.WallNow);
        json.WriteBoolean("skips", state.Time.Skips);
        json.WriteNumber("clients", state.Skipping.Clients);
        json.WriteNumber("clientsThatWait", state.Skipping.Waiting);
        json.WriteNumber("requestsBeingAnswered", state.RequestsInFlight);
        WriteAll(json, "heldBy", state.Skipping.Holders(), (text, holder) => text.WriteStringValue(holder));
        WriteAll(json, "alarms", state.Time.PendingVirtual, Write);
        WriteAll(json, "alarmsOfTheWallClock", state.Time.PendingWall, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Alarm alarm)
    {
        json.WriteStartObject();
        json.WriteString("at", alarm.At);
        json.WriteString("what", alarm.What);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TemporalNamespace space)
    {
        json.WriteStartObject();
        json.WriteString("name", space.Name);
        json.WriteString("id", space.Id);
        json.WriteStartObject("searchAttributes");
        foreach ((string name, Temporalio.Api.Enums.V1.IndexedValueType type) in space.Attributes.Custom)
        {
            json.WriteString(name, $"{type}");
        }

        json.WriteEndObject();
        WriteAll(json, "taskQueues", space.Queues.All, Write);
        WriteAll(json, "schedules", space.Schedules.Values.OrderBy(schedule => schedule.Id, StringComparer.Ordinal), Write);
        WriteAll(json, "runs", space.Runs, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TaskQueueView queue)
    {
        json.WriteStartObject();
        json.WriteString("name", queue.Name);
        json.WriteString("kind", queue.Kind);
        json.WriteNumber("backlog", queue.Backlog);
        json.WriteBoolean("somebodyWaits", queue.HasWaitingPoller);
        WriteAll(json, "pollers", queue.Pollers, (text, poller) =>
        {
            text.WriteStartObject();
            text.WriteString("identity", poller.Key);
            text.WriteString("lastPoll", poller.Value.At);
            text.WriteString("connection", poller.Value.Connection);
            text.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScheduleRuns schedule)
    {
        json.WriteStartObject();
        json.WriteString("id", schedule.Id);
        Write(json, "schedule", schedule.Schedule);
        Write(json, "info", schedule.Info());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WorkflowRun run)
    {
        json.WriteStartObject();
        json.WriteString("workflowId", run.WorkflowId);
        json.WriteString("runId", run.RunId);
        json.WriteString("status", $"{run.Status}");
        json.WriteString("nextRunId", run.NextRunId);
        json.WriteString("stickyQueue", run.Tasks.StickyQueue);
        if (run.Tasks.Current is { } task)
        {
            json.WriteStartObject("workflowTask");
            json.WriteString("kind", $"{task.Kind}");
            json.WriteNumber("attempt", task.Attempt);
            json.WriteNumber("scheduledEventId", task.ScheduledId);
            json.WriteNumber("startedEventId", task.StartedId);
            json.WriteString("worker", task.Worker?.Identity);
            json.WriteString("connection", task.Worker?.Connection);
            json.WriteEndObject();
        }

        WriteAll(json, "heldBy", run.Holders(), (text, holder) => text.WriteStringValue(holder));
        WriteAll(json, "timers", run.Timers.Open, (text, timer) =>
        {
            text.WriteStartObject();
            text.WriteString("id", timer.Id);
            text.WriteString("fires", timer.Fires);
            text.WriteEndObject();
        });
        WriteAll(json, "updates", run.Updates.All, (text, update) =>
        {
            text.WriteStartObject();
            text.WriteString("id", update.Id);
            text.WriteString("name", update.Request.Input?.Name);
            text.WriteString("stage", $"{update.Stage}");
            text.WriteBoolean("isSent", update.IsSent);
            text.WriteNumber("callsThatWait", update.Waiting.Count);
            text.WriteEndObject();
        });
        Write(json, "description", RunDescription.Of(run));
        Write(json, "history", new History { Events = { run.History.Events } });
        Write(json, "keptAside", new History { Events = { run.History.Buffered } });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IMessage message)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(JsonFormatter.Default.Format(message), skipInputValidation: true);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
