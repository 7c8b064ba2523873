using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Exits;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>Makes a procedure's input record of what stands on the command line.</summary>
internal static class ProcedureInput
{
    private const string TargetPart = "Target";
    private const string ChangePart = "Change";

    private static readonly string[] TargetFields = [nameof(ChangeTarget.Context), nameof(ChangeTarget.Namespace)];

    private static IReadOnlyList<InputField> RequestFields { get; } = InputField.Of(typeof(ChangeRequest));

    /// <summary>The procedure of a name.</summary>
    /// <exception cref="SopException">There is none; the sentence names those that come near, or all.</exception>
    public static ProcedureDescriptor Find(string name)
    {
        if (Procedures.All.FirstOrDefault(procedure => procedure.Name == name) is { } found)
        {
            return found;
        }

        string[] names = [.. Procedures.All.Select(procedure => procedure.Name)];
        throw new SopException(ExitCode.Usage, $"There is no procedure '{name}'{Hint(NearNames.Meant(name, names), names, "procedures are")}");
    }

    /// <summary>The input record.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="target">The target: <c>context/namespace</c>; null takes the document's.</param>
    /// <param name="document">The record in a file; what the command line says goes before it.</param>
    /// <param name="assignments">The procedure's own fields, each <c>key=value</c>.</param>
    /// <param name="request">Who asks for what, and why, made of what the document says of that.</param>
    /// <returns>The record, and the two parts of it that every procedure has.</returns>
    /// <exception cref="SopException">Something is wrong; every wrong thing has its sentence.</exception>
    public static (object Input, ChangeTarget Target, ChangeRequest Request) Create(
        ProcedureDescriptor procedure,
        string? target,
        InputDocument document,
        IReadOnlyList<string> assignments,
        Func<ChangeRequest, ChangeRequest> request)
    {
        List<string> errors = [];
        ChangeTarget? read = ReadTarget(target, document, errors);
        ChangeRequest asked = request(ReadFields(RequestFields, document.Below(ChangePart), "change.", errors).Deserialize<ChangeRequest>()!);
        IReadOnlyList<InputField> fields = InputField.Of(procedure.InputType);
        JsonObject record = ReadFields(fields, document.Beside(ChangePart, TargetPart), "", errors);
        JsonObject said = ReadFields(fields, Pairs(assignments, errors), "", errors);
        foreach (InputField field in fields)
        {
            if (Value(said, field.Path) is { } value)
            {
                Parent(record, field.Path)[field.Path[^1]] = value.DeepClone();
            }
            else if (field.Required && Value(record, field.Path) is null)
            {
                errors.Add($"{field.Key} is missing: it must be {field.Kind.Rule}.");
            }
        }

        if (asked is { Mode: ChangeMode.Execute, Reason: null })
        {
            errors.Add("--reason is missing: say why in 10-500 characters; approvers see it.");
        }

        if (errors.Count > 0)
        {
            throw new SopException(ExitCode.Usage, errors);
        }

        record[TargetPart] = JsonSerializer.SerializeToNode(read);
        record[ChangePart] = JsonSerializer.SerializeToNode(asked);
        return (record.Deserialize(procedure.InputType)!, read!, asked);
    }

    /// <summary>An input record with another request in it.</summary>
    public static object With(ProcedureDescriptor procedure, object input, ChangeRequest request)
    {
        JsonObject record = JsonSerializer.SerializeToNode(input, procedure.InputType)!.AsObject();
        record[ChangePart] = JsonSerializer.SerializeToNode(request);
        return record.Deserialize(procedure.InputType)!;
    }

    /// <summary>An input record to begin from: the defaults, a target, and a reason.</summary>
    public static JsonNode Example(ProcedureDescriptor procedure) => JsonSerializer.SerializeToNode(
        Create(procedure, "lab/confluent", InputDocument.Empty, [], _ => new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" }).Input,
        procedure.InputType)!;

    private static ChangeTarget? ReadTarget(string? target, InputDocument document, List<string> errors)
    {
        string? said = target
            ?? document.Fields.FirstOrDefault(field => field.Key.Equals(TargetPart, StringComparison.OrdinalIgnoreCase)).Value
            ?? (document.Below(TargetPart).ToDictionary(StringComparer.OrdinalIgnoreCase) is { Count: > 0 } parts
                ? string.Join('/', TargetFields.Select(parts.GetValueOrDefault).OfType<string>())
                : null);
        ChangeTarget? read = said is null ? null : TargetText.Read(said);
        if (read is null)
        {
            errors.Add(said is null ? "--target is missing: context/namespace, or context alone." : $"--target '{said}' must be context/namespace, or context alone.");
        }

        return read;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IReadOnlyList<string> assignments, List<string> errors)
    {
        foreach (string assignment in assignments)
        {
            if (assignment.Split('=', 2) is [{ Length: > 0 } key, string value])
            {
                yield return KeyValuePair.Create(key, value);
            }
            else
            {
                errors.Add($"'{assignment}' must be key=value.");
            }
        }
    }

    private static JsonObject ReadFields(
        IReadOnlyList<InputField> fields, IEnumerable<KeyValuePair<string, string>> values, string prefix, List<string> errors)
    {
        JsonObject record = [];
        HashSet<InputField> set = [];
        foreach ((string key, string value) in values)
        {
            if (fields.FirstOrDefault(field => FieldName.AreSame(field.Key, key)) is not { } field)
            {
                string[] keys = [.. fields.Select(field => field.Key)];
                string[] near = [.. NearNames.Meant(key, keys).Select(name => $"{prefix}{name}")];
                errors.Add($"There is no key '{prefix}{key}'{Hint(near, keys, "keys are")}");
            }
            else if (!set.Add(field))
            {
                errors.Add($"{prefix}{field.Key} is given more than once.");
            }
            else if (field.Kind.Read(value) is { } node)
            {
                Parent(record, field.Path)[field.Path[^1]] = node;
            }
            else
            {
                errors.Add($"{prefix}{field.Key} '{value}' must be {field.Kind.Rule}.");
            }
        }

        return record;
    }

    private static JsonNode? Value(JsonObject record, IReadOnlyList<string> path) =>
        path.Aggregate((JsonNode?)record, (node, name) => (node as JsonObject)?[name]);

    private static JsonObject Parent(JsonObject record, IReadOnlyList<string> path)
    {
        foreach (string name in path.SkipLast(1))
        {
            record[name] ??= new JsonObject();
            record = record[name]!.AsObject();
        }

        return record;
    }

    private static string Hint(IReadOnlyList<string> near, IReadOnlyList<string> all, string these) => near.Count > 0
        ? $"; did you mean {string.Join(" or ", near)}?"
        : $"; {these} {string.Join(", ", all)}.";
}
