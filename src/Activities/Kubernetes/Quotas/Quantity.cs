using System.Globalization;

namespace Orchestrator.Activities.Kubernetes.Quotas;

/// <summary>Reads quantities as Kubernetes writes them: <c>500m</c>, <c>2Gi</c>, <c>1e3</c>.</summary>
internal static class Quantity
{
    private static readonly string[] Binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    // From 10⁻⁹ on, a thousand times as much each.
    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    /// <exception cref="FormatException">It is none.</exception>
    public static decimal Parse(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal plain))
        {
            return plain;
        }

        int binary = Array.FindIndex(Binary, suffix => text.EndsWith(suffix, StringComparison.Ordinal));
        if (binary >= 0)
        {
            return Number(text, 2) * Power(1024, binary + 1);
        }

        int scale = Array.FindIndex(Decimal, suffix => suffix.Length > 0 && text.EndsWith(suffix, StringComparison.Ordinal)) - 3;
        return scale < -3 ? throw Not(text)
            : scale < 0 ? Number(text, 1) / Power(1000, -scale)
            : Number(text, 1) * Power(1000, scale);
    }

    private static decimal Number(string text, int suffix) =>
        decimal.TryParse(
            text[..^suffix],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out decimal number)
            ? number
            : throw Not(text);

    private static decimal Power(decimal factor, int times) => times == 0 ? 1 : factor * Power(factor, times - 1);

    private static FormatException Not(string text) => new($"'{text}' is not a valid quantity.");
}
