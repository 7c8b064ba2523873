namespace Temporalio.Client.Transport;

/// <summary>The header <c>grpc-timeout</c>.</summary>
internal static class GrpcTimeout
{
    // At most eight digits.
    private const long Limit = 100_000_000;

    /// <summary>The limit in the finest unit whose number fits; nothing passes as no time at all.</summary>
    public static string Format(TimeSpan timeout)
    {
        long microseconds = Math.Max(1, timeout.Ticks / TimeSpan.TicksPerMicrosecond);
        if (microseconds < Limit)
        {
            return $"{microseconds}u";
        }

        long milliseconds = microseconds / 1000;
        return milliseconds < Limit ? $"{milliseconds}m" : $"{Math.Min(milliseconds / 1000, Limit - 1)}S";
    }
}
