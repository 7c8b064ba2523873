using System.Collections.Frozen;

namespace Orchestrator.Sandbox.ConfluentOperator.Versions;

/// <summary>
/// Which releases of Confluent Platform each release of the operator runs, as Confluent's release notes say it. What they do not say is
/// refused: an operator that renders for a release that it does not know breaks the cluster quietly.
/// </summary>
internal static class VersionMatrix
{
    // Confluent Platform 8 logs with log4j 2 only, and so does the operator from 3.0 on.
    private const int FirstWithLog4j2 = 8;

    private static readonly FrozenDictionary<string, (PlatformVersion From, PlatformVersion To)> Supported =
        new Dictionary<string, (PlatformVersion, PlatformVersion)>
        {
            ["2.9"] = (new(7, 1), new(7, 7)),
            ["2.10"] = (new(7, 1), new(7, 8)),
            ["2.11"] = (new(7, 1), new(7, 9)),
            ["3.1"] = (new(7, 3), new(8, 1)),
            ["3.3"] = (new(7, 5), new(8, 3)),
            ["3.4"] = (new(7, 6), new(8, 4)),
        }.ToFrozenDictionary();

    /// <summary>Why an operator of this version does not run a component, in one sentence; null where it does.</summary>
    public static string? Refusal(string operatorVersion, Component component)
    {
        string release = string.Join('.', operatorVersion.Split('.').Take(2));
        if (!Supported.TryGetValue(release, out (PlatformVersion From, PlatformVersion To) range))
        {
            return $"it is not known which releases of Confluent Platform the operator {operatorVersion} runs";
        }

        if (PlatformVersion.OfImage(component.Image) is not { } version)
        {
            return $"the tag of image {component.Image} is no release of Confluent Platform";
        }

        if (version.CompareTo(range.From) < 0 || version.CompareTo(range.To) > 0)
        {
            return $"the operator {operatorVersion} runs Confluent Platform {range.From} to {range.To}, "
                + $"and image {component.Image} is {version}";
        }

        return version.Major < FirstWithLog4j2 && release[0] >= '3' && !component.UsesLog4j1
            ? $"image {component.Image} is Confluent Platform {version}, which needs the annotation {ConfluentAnnotations.UseLog4j1}=true"
            : null;
    }
}
