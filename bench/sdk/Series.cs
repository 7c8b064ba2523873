namespace Temporalio.Bench;

/// <summary>The same measurement, several times.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public void Add(double value) => _values.Add(value);

    /// <summary>Median, and from where to where.</summary>
    public override string ToString() => $"{Format(Median),10} ({Format(_values.Min())} – {Format(_values.Max())})";

    private static string Format(double value) => value < 100 ? $"{value:0.0}" : $"{value:#,0}";
}
