using System.Globalization;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>An amount of a resource, such as <c>500m</c>, <c>16Gi</c> or <c>2</c>, as Kubernetes writes it.</summary>
/// <param name="Value">The amount in units, bytes or cores.</param>
/// <param name="IsBinary">Whether it is written in powers of 1024.</param>
public readonly record struct Quantity(decimal Value, bool IsBinary)
{
    private static readonly (string Suffix, decimal Factor) Units = ("", 1m);

    private static readonly (string Suffix, decimal Factor)[] Binary =
    [
        ("Ei", 1024m * 1024 * 1024 * 1024 * 1024 * 1024), ("Pi", 1024m * 1024 * 1024 * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("Gi", 1024m * 1024 * 1024), ("Mi", 1024m * 1024), ("Ki", 1024m),
    ];

    private static readonly (string Suffix, decimal Factor)[] Decimal =
    [
        ("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("m", 1e-3m), ("u", 1e-6m), ("n", 1e-9m),
    ];

    /// <summary>Reads an amount; false where the text is none.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        ArgumentNullException.ThrowIfNull(text);
        quantity = default;
        (string suffix, decimal factor) = Binary.Concat(Decimal).FirstOrDefault(
            each => text.EndsWith(each.Suffix, StringComparison.Ordinal), Units);
        NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        styles |= suffix.Length == 0 ? NumberStyles.AllowExponent : NumberStyles.None;
        if (!decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), styles, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        quantity = new Quantity(number * factor, suffix.EndsWith('i'));
        return true;
    }

    /// <summary>The amount in units, bytes or cores; 0 where there is no text.</summary>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public static decimal Read(string? text) => string.IsNullOrEmpty(text) ? 0
        : TryParse(text, out Quantity quantity) ? quantity.Value
        : throw new FormatException($"'{text}' is no quantity.");

    /// <summary>Adds two amounts; written as the first.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => left.Add(right);

    /// <summary>Adds an amount; written as this one.</summary>
    public Quantity Add(Quantity other) => new(Value + other.Value, Value == 0 ? other.IsBinary : IsBinary);

    /// <summary>The canonical text: no fraction, the largest suffix.</summary>
    public override string ToString()
    {
        if (Value == 0)
        {
            return "0";
        }

        decimal value = Value;
        if (IsBinary && Math.Abs(value) >= 1024 && decimal.Truncate(value) == value)
        {
            (string suffix, decimal factor) = Binary.FirstOrDefault(each => value % each.Factor == 0, Units);
            return Text(value / factor) + suffix;
        }

        (string decimalSuffix, decimal decimalFactor) = Decimal.Take(6).Append(Units).Concat(Decimal.Skip(6))
            .FirstOrDefault(each => value % each.Factor == 0, Decimal[^1]);
        return Text(decimal.Ceiling(value / decimalFactor)) + decimalSuffix;
    }

    private static string Text(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);
}
