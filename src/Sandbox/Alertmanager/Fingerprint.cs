using System.Text;

namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>By what an Alertmanager knows an alert again: FNV-1a with 64 bits over its labels, by name, as Prometheus reckons it.</summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const byte Separator = 255;

    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string Of(IReadOnlyDictionary<string, string> labels)
    {
        ulong hash = Offset;
        foreach ((string name, string value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            foreach (byte each in (byte[])[.. Encoding.UTF8.GetBytes(name), Separator, .. Encoding.UTF8.GetBytes(value), Separator])
            {
                hash = unchecked((hash ^ each) * Prime);
            }
        }

        return $"{hash:x16}";
    }
}
