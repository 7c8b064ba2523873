using System.Globalization;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>Reads amounts of resources such as <c>500m</c> and <c>16Gi</c>.</summary>
internal static class Amount
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m),
        ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m),
    ];

    /// <summary>The amount in whole units, bytes or cores; 0 where there is none.</summary>
    public static decimal Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        (string suffix, decimal factor) = Suffixes.FirstOrDefault(
            each => text.EndsWith(each.Suffix, StringComparison.Ordinal), (Suffix: "", Factor: 1m));
        return decimal.Parse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.Float, CultureInfo.InvariantCulture) * factor;
    }
}
