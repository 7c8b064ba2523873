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

    /// <summary>The procedure of a name.</summary>
    /// <exception cref="SopException">There is none; the sentence names those that come near, or all.</exception>
    public static ProcedureDescriptor Find(string name)
    {
        if (ProcedureCatalogue.All.FirstOrDefault(procedure => procedure.Name == name) is { } found)
        {
            return found;
        }

        string[] names = [.. ProcedureCatalogue.All.Select(procedure => procedure.Name)];
        throw new SopException(
            ExitCode.Usage, $"There is no procedure '{name}'{NameHint.Of(NearNames.Meant(name, names), names, "procedures are")}");
    }

    /// <summary>The keys that a procedure takes on the command line.</summary>
    public static IReadOnlyList<string> Keys(ProcedureDescriptor procedure) =>
        [.. InputSchema.Keys(OwnFields(InputSchema.Of(procedure.InputType)))];

    /// <summary>Whether a record says what it is aimed at.</summary>
    public static bool NamesTarget(JsonObject document) => document.Any(member => FieldName.AreSame(member.Key, TargetPart));

    /// <summary>The procedure's own fields, as a record.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="assignments">The fields, each <c>key=value</c>.</param>
    /// <exception cref="SopException">There is no such field; every wrong one has its sentence.</exception>
    public static JsonObject Fields(ProcedureDescriptor procedure, IReadOnlyList<string> assignments)
    {
        List<string> errors = [];
        JsonObject fields = new InputReader(errors).Assignments(assignments, OwnFields(InputSchema.Of(procedure.InputType)));
        return errors.Count > 0 ? throw new SopException(ExitCode.Usage, errors) : fields;
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
        JsonObject document,
        IReadOnlyList<string> assignments,
        Func<ChangeRequest, ChangeRequest> request)
    {
        List<string> errors = [];
        (object? input, ChangeTarget? read, ChangeRequest asked) = Read(
            procedure.InputType, target, document, assignments, request, errors);
        if (procedure.Kind == ProcedureKind.Change && asked is { Mode: ChangeMode.Execute, Reason: null })
        {
            errors.Add("--reason is missing: say why in 10-500 characters; approvers see it.");
        }

        return errors.Count > 0 ? throw new SopException(ExitCode.Usage, errors) : (input!, read!, asked);
    }

    /// <summary>Reads an input record of any type that has a target and a request.</summary>
    /// <returns>The record and its target, null where there are errors, and the request, without what is wrong in it.</returns>
    internal static (object? Input, ChangeTarget? Target, ChangeRequest Request) Read(
        Type inputType,
        string? target,
        JsonObject document,
        IReadOnlyList<string> assignments,
        Func<ChangeRequest, ChangeRequest> request,
        List<string> errors)
    {
        JsonObject schema = InputSchema.Of(inputType);
        JsonObject written = document.DeepClone().AsObject();
        PlaceTarget(target, written, errors);
        InputReader reader = new(errors);
        JsonObject record = reader.Document(written, schema);
        InputReader.Merge(record, reader.Assignments(assignments, OwnFields(schema)));
        foreach ((IReadOnlyList<string> place, string sentence) in InputFaults.Find(record, schema))
        {
            errors.Add(sentence);
            InputFaults.Remove(record, place);
        }

        ChangeRequest asked = request(record[ChangePart].Deserialize<ChangeRequest>(InputSchema.Json) ?? new ChangeRequest());
        record[ChangePart] = JsonSerializer.SerializeToNode(asked);
        if (errors.Count > 0)
        {
            return (null, null, asked);
        }

        try
        {
            return (record.Deserialize(inputType, InputSchema.Json), record[TargetPart].Deserialize<ChangeTarget>(InputSchema.Json), asked);
        }
        catch (JsonException e)
        {
            // The schema lets it pass and the record does not.
            errors.Add($"{e.Path?.TrimStart('$', '.')}: {e.Message}");
            return (null, null, asked);
        }
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
        Create(
            procedure,
            "lab/confluent",
            [],
            [],
            _ => new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" }).Input,
        procedure.InputType)!;

    // The target and the request have options of their own.
    private static JsonObject OwnFields(JsonObject schema) => InputSchema.Without(schema, TargetPart, ChangePart);

    // A target may be written as one word; without one there is nothing to look at.
    private static void PlaceTarget(string? said, JsonObject written, List<string> errors)
    {
        string? name = written.Select(member => member.Key).FirstOrDefault(key => FieldName.AreSame(key, TargetPart));
        JsonNode? stands = name is null ? null : written[name];
        if ((said ?? (stands is JsonValue word ? (string?)word : null)) is { } text)
        {
            written.Remove(name ?? TargetPart);
            if (TargetText.Read(text) is { } target)
            {
                written[TargetPart] = new JsonObject
                {
                    [nameof(ChangeTarget.Context)] = target.Context,
                    [nameof(ChangeTarget.Namespace)] = target.Namespace,
                };
            }
            else
            {
                errors.Add($"--target '{text}' must be context/namespace or just context.");
            }
        }
        else if (stands is null)
        {
            errors.Add("--target is missing: give context/namespace or just context.");
        }
    }
}
