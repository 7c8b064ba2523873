using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>What of an input is the procedure's own.</summary>
internal static class OwnFields
{
    /// <summary>The fields of an input but for its target and its request, which every procedure has.</summary>
    public static JsonObject Of(IProcedureInput input)
    {
        JsonObject fields = JsonSerializer.SerializeToNode(input, input.GetType())!.AsObject();
        fields.Remove(nameof(IProcedureInput.Target));
        fields.Remove(nameof(IProcedureInput.Change));
        return fields;
    }
}
