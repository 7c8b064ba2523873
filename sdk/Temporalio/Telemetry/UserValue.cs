using System.Globalization;

namespace Temporalio.Telemetry;

/// <summary>Turns values of user code into those of an instrument.</summary>
internal static class UserValue
{
    private static readonly Type[] Integers = [typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)];
    private static readonly Type[] Fractions = [typeof(float), typeof(double)];

    /// <summary>For counters.</summary>
    /// <exception cref="ArgumentException">The type is no integer.</exception>
    public static Func<T, long> Whole<T>(string method)
        where T : struct =>
        Integers.Contains(typeof(T)) ? value => Convert.ToInt64(value, CultureInfo.InvariantCulture) : throw Refused<T>(method, "an integer");

    /// <summary>For histograms and gauges.</summary>
    /// <exception cref="ArgumentException">The type is no number, and no time where that is allowed.</exception>
    public static Func<T, double> Any<T>(string method, bool withTime)
        where T : struct =>
        Integers.Contains(typeof(T)) || Fractions.Contains(typeof(T)) ? value => Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : withTime && typeof(T) == typeof(TimeSpan) ? value => ((TimeSpan)(object)value).TotalMilliseconds
        : throw Refused<T>(method, withTime ? "an integer, a float, a double or a TimeSpan" : "an integer, a float or a double");

    private static ArgumentException Refused<T>(string method, string allowed) => new($"{method} takes {allowed}, not {typeof(T)}.");
}
