using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Errors;

/// <summary>Values as programs in Go print them (<c>%v</c>), where the API server's errors quote one: <c>map[a:1 b:[x y]]</c>.</summary>
internal static class GoText
{
    private const string Order = "$setElementOrder/";

    /// <summary>
    /// A strategic patch as Go prints it once it was merged, which takes out the directives and the lists that they order.
    /// </summary>
    public static string OfMerged(JsonObject patch)
    {
        JsonObject left = (JsonObject)patch.DeepClone();
        TakeOut(left);
        return Of(left);
    }

    /// <summary>A value as Go prints it.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => $"{each.Key}:{Of(each.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Of))}]",
        _ when value.GetValueKind() == JsonValueKind.String => (string)value!,
        _ => value.ToJsonString(),
    };

    private static void TakeOut(JsonObject patch)
    {
        foreach (string directive in patch.Select(each => each.Key).Where(key => key.StartsWith('$')).ToList())
        {
            patch.Remove(directive);
            if (directive.StartsWith(Order, StringComparison.Ordinal))
            {
                patch.Remove(directive[Order.Length..]);
            }
        }

        foreach (JsonObject below in patch.Select(each => each.Value).OfType<JsonObject>())
        {
            TakeOut(below);
        }
    }
}
