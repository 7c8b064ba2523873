using System.Globalization;
using System.Text.Json;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>A number of pods that is given as such, or as a share such as <c>25%</c>.</summary>
internal static class Percentage
{
    /// <summary>Whether it is given as a share.</summary>
    public static bool IsShare(JsonElement value) => value.ValueKind == JsonValueKind.String;

    /// <summary>The number of a total; a share is rounded up, or down.</summary>
    public static int Of(JsonElement value, int total, bool roundsUp)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetInt32();
        }

        int percent = int.Parse((value.GetString() ?? "0").TrimEnd('%'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (int)(roundsUp ? Math.Ceiling(percent * total / 100.0) : Math.Floor(percent * total / 100.0));
    }
}
