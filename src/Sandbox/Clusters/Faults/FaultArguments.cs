using System.Globalization;

namespace Orchestrator.Sandbox.Clusters.Faults;

/// <summary>What a fault was told.</summary>
internal sealed class FaultArguments(string fault, IReadOnlyDictionary<string, string> values)
{
    /// <summary>A text.</summary>
    /// <exception cref="ArgumentException">It is missing.</exception>
    public string Text(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value
        ? value
        : throw new ArgumentException($"{fault} has to be told {name}.");

    /// <summary>A whole number.</summary>
    /// <exception cref="ArgumentException">It is missing, or no number.</exception>
    public int Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new ArgumentException($"{name} '{Text(name)}' is no whole number.");

    /// <summary>A factor.</summary>
    /// <exception cref="ArgumentException">It is missing, or no number.</exception>
    public double Factor(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double factor)
        ? factor
        : throw new ArgumentException($"{name} '{Text(name)}' is no number.");

    /// <summary>Refuses what the fault does not take.</summary>
    /// <exception cref="ArgumentException">There is such a thing.</exception>
    public void RefuseOthers(IReadOnlyList<string> known)
    {
        if (values.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
        {
            throw new ArgumentException(
                $"{fault} takes {(known.Count == 0 ? "nothing" : string.Join(" and ", known))}, and no {unknown}.");
        }
    }
}
