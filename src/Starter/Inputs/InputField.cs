using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>A field of a procedure's input record that a caller may set.</summary>
/// <param name="Path">Its place in the record's JSON: the names from the outside in.</param>
/// <param name="Kind">What its value looks like.</param>
/// <param name="Required">Whether the procedure cannot do without it.</param>
internal sealed record InputField(IReadOnlyList<string> Path, FieldKind Kind, bool Required)
{
    /// <summary>Its name on the command line, such as <c>limits.stall-after</c>.</summary>
    public string Key { get; } = string.Join('.', Path.Select(JsonNamingPolicy.KebabCaseLower.ConvertName));

    /// <summary>
    /// The fields of an input record, read from its JSON shape; without the target and the request, which the command line has options for.
    /// </summary>
    public static IReadOnlyList<InputField> Of(Type inputType) => [.. Fields(JsonSerializerOptions.Default.GetTypeInfo(inputType), [])];

    private static IEnumerable<InputField> Fields(JsonTypeInfo type, IReadOnlyList<string> path) =>
        from property in type.Properties
        where property.PropertyType != typeof(ChangeTarget) && property.PropertyType != typeof(ChangeRequest)
        let propertyPath = (IReadOnlyList<string>)[.. path, property.Name]
        let propertyType = type.Options.GetTypeInfo(property.PropertyType)
        let kind = FieldKind.Of(propertyType)
        from field in kind is null ? Fields(propertyType, propertyPath) : [new InputField(propertyPath, kind, property.IsRequired)]
        select field;
}
