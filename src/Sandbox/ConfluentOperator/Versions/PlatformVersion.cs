using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.ConfluentOperator.Versions;

/// <summary>A release of Confluent Platform, without its patch.</summary>
/// <param name="Major">7 or 8.</param>
/// <param name="Minor">Its minor number.</param>
internal readonly partial record struct PlatformVersion(int Major, int Minor) : IComparable<PlatformVersion>
{
    // Confluent Platform 7.N carries Apache Kafka 3.N, and 8.N carries 4.N.
    private const int PlatformAheadOfKafka = 4;
    private const int FirstPlatform = 5;

    /// <summary>
    /// The release of an image, by its tag: <c>8.1.2</c>, <c>7.9.6-1-ubi8</c>, or Apache Kafka's own number; null where the tag says none.
    /// </summary>
    public static PlatformVersion? OfImage(string image)
    {
        Match tag = Tag().Match(image);
        if (!tag.Success)
        {
            return null;
        }

        int major = int.Parse(tag.Groups["major"].ValueSpan, CultureInfo.InvariantCulture);
        int minor = int.Parse(tag.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture);
        return new(major < FirstPlatform ? major + PlatformAheadOfKafka : major, minor);
    }

    /// <summary>The release of Apache Kafka that it carries, as <c>4.1.0</c>.</summary>
    public string KafkaVersion => $"{Major - PlatformAheadOfKafka}.{Minor}.0";

    /// <inheritdoc/>
    public int CompareTo(PlatformVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";

    [GeneratedRegex(@":(?<major>[0-9]{1,3})\.(?<minor>[0-9]{1,3})\.[0-9]+([.-][A-Za-z0-9_.-]+)?$")]
    private static partial Regex Tag();
}
