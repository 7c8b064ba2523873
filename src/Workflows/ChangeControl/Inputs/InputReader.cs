using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Temporalio.Converters;

namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>
/// Reads the records that others send to a workflow. A payload that cannot be read would fail the workflow's task again and again; here it
/// is an input like any other, with a sentence for each field that is wrong. Pure: a replay reads the same.
/// </summary>
internal static class InputReader
{
    // A record of ours is at most ten deep.
    private const int Deepest = 32;

    // Of what people send; a guard's queue, and a plan that is voted on, may be as long as a payload of the server.
    private const int LongestAsked = 128 * 1024;
    private const int LongestOwn = 2 * 1024 * 1024;

    /// <summary>Reads what people or programs send from outside.</summary>
    public static ReadInput<T> Asked<T>(IRawValue? raw)
        where T : class => Read<T>(raw, LongestAsked);

    /// <summary>
    /// Reads what the product's own workflows send to each other, and others can send as well. Fields that a later version added are left
    /// aside, so that its runs can be taken over by a worker of this one.
    /// </summary>
    public static ReadInput<T> Own<T>(IRawValue? raw)
        where T : class
    {
        ReadInput<T> read = Read<T>(raw, LongestOwn);
        return read with { Faults = [.. read.Faults.Where(fault => !fault.IsUnknown)] };
    }

    private static ReadInput<T> Read<T>(IRawValue? raw, int longest)
        where T : class
    {
        if (Unreadable(raw, longest) is { } unreadable)
        {
            return new(Empty<T>(), [new("", unreadable)]);
        }

        JsonObject record;
        try
        {
            byte[] json = raw!.Payload.Data.ToByteArray();
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                string found = FieldChecks.Shown(document.RootElement);
                return new(
                    Empty<T>(), [new("", $"The input is {found}; it must be an object with the fields {FieldChecks.Fields(typeof(T))}.")]);
            }

            record = JsonObject.Create(document.RootElement.Clone())!;
        }
        catch (JsonException e)
        {
            string where = string.Create(
                CultureInfo.InvariantCulture, $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}");
            string fault = $"The input is not valid JSON, at {where}. "
                + $"Names must be unique within an object, and objects nested at most {Deepest} levels deep.";
            return new(Empty<T>(), [new("", fault)]);
        }

        List<InputFault> faults = [];
        FieldChecks.Clean(record, FieldChecks.InfoOf(typeof(T)), "", faults);
        T? value;
        try
        {
            value = record.Deserialize<T>(FieldChecks.Options);
        }
        catch (Exception e) when (FieldChecks.IsUnreadable(e))
        {
            value = Empty<T>();
            if (faults.Count == 0)
            {
                faults.Add(new("", "The input cannot be read."));
            }
        }

        return new(value, faults);
    }

    private static string? Unreadable(IRawValue? raw, int longest)
    {
        if (raw?.Payload is not { } payload)
        {
            return "The input is missing.";
        }

        string encoding = payload.Metadata.TryGetValue("encoding", out Google.Protobuf.ByteString? bytes) ? bytes.ToStringUtf8() : "";
        return encoding == "binary/null" ? "The input is null; it must be an object."
            : encoding != "json/plain" ? $"The input has the encoding '{SubjectName.Shown(encoding)}'; it must be 'json/plain'."
            : payload.Data.Length > longest ? $"The input has {payload.Data.Length} bytes; the limit is {longest}."
            : payload.Data.Span.StartsWith("\uFEFF"u8) ? "The input begins with a byte order mark; send it without one."
            : null;
    }

    private static T? Empty<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>("{}", FieldChecks.Options);
        }
        catch (Exception e) when (FieldChecks.IsUnreadable(e))
        {
            return null;
        }
    }
}
