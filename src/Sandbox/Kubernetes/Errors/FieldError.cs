using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Errors;

/// <summary>What is wrong with one field of an object, worded as the API server does.</summary>
/// <param name="Reason">Such as <c>FieldValueRequired</c>.</param>
/// <param name="Field">The field's path, such as <c>spec.replicas</c>.</param>
/// <param name="Message">What is wrong, such as <c>Required value</c>.</param>
internal sealed record FieldError(string Reason, string Field, string Message)
{
    public static FieldError Required(string field, string detail = "") =>
        new("FieldValueRequired", field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string field, JsonNode? value, string detail) =>
        new("FieldValueInvalid", field, $"Invalid value: {Text(value)}: {detail}");

    public static FieldError TypeInvalid(string field, JsonNode? value, string detail) =>
        new("FieldValueTypeInvalid", field, $"Invalid value: {Text(value)}: {detail}");

    public static FieldError NotSupported(string field, JsonNode? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field,
            $"Unsupported value: {Text(value)}: supported values: {string.Join(", ", supported.Select(each => $"\"{each}\""))}");

    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, $"Forbidden: {detail}");

    public static FieldError Duplicate(string field, JsonNode? value) =>
        new("FieldValueDuplicate", field, $"Duplicate value: {Text(value)}");

    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";

    public JsonObject ToJson() => new() { ["reason"] = Reason, ["message"] = Message, ["field"] = Field.Length == 0 ? "<nil>" : Field };

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject or JsonArray => value.ToJsonString(),
        _ when value.GetValueKind() == System.Text.Json.JsonValueKind.String => value.ToJsonString(Plain),
        _ => value.ToJsonString(),
    };

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
