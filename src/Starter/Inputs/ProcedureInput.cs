using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Exits;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>Makes a procedure's input record of what stands on the command line.</summary>
internal static class ProcedureInput
{
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
    /// <param name="target">The target: <c>context/namespace</c>.</param>
    /// <param name="assignments">The procedure's own fields, each <c>key=value</c>.</param>
    /// <param name="request">Who asks for what, and why.</param>
    /// <exception cref="SopException">Something is wrong; every wrong thing has its sentence.</exception>
    public static object Create(ProcedureDescriptor procedure, string target, IReadOnlyList<string> assignments, ChangeRequest request)
    {
        List<string> errors = [];
        ChangeTarget? read = TargetText.Read(target);
        if (read is null)
        {
            errors.Add($"--target '{target}' must be context/namespace, or context alone.");
        }

        JsonObject record = ReadAssignments(InputField.Of(procedure.InputType), assignments, errors);
        if (errors.Count > 0)
        {
            throw new SopException(ExitCode.Usage, errors);
        }

        record["Target"] = JsonSerializer.SerializeToNode(read);
        record["Change"] = JsonSerializer.SerializeToNode(request);
        return record.Deserialize(procedure.InputType)!;
    }

    private static JsonObject ReadAssignments(IReadOnlyList<InputField> fields, IReadOnlyList<string> assignments, List<string> errors)
    {
        JsonObject record = [];
        HashSet<InputField> set = [];
        foreach (string assignment in assignments)
        {
            if (assignment.Split('=', 2) is not [{ Length: > 0 } key, string value])
            {
                errors.Add($"'{assignment}' must be key=value.");
            }
            else if (fields.FirstOrDefault(field => FieldName.AreSame(field.Key, key)) is not { } field)
            {
                string[] keys = [.. fields.Select(field => field.Key)];
                errors.Add($"There is no key '{key}'{Hint(NearNames.Meant(key, keys), keys, "keys are")}");
            }
            else if (!set.Add(field))
            {
                errors.Add($"{field.Key} is given more than once.");
            }
            else if (field.Kind.Read(value) is { } node)
            {
                Parent(record, field.Path)[field.Path[^1]] = node;
            }
            else
            {
                errors.Add($"{field.Key} '{value}' must be {field.Kind.Rule}.");
            }
        }

        errors.AddRange(fields.Where(field => field.Required && !set.Contains(field)).Select(field => $"{field.Key} is missing: it must be {field.Kind.Rule}."));
        return record;
    }

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
