using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Whether the brokers have room on their disks. Pure.</summary>
internal static class DiskRules
{
    /// <summary>From here on a broker that comes back may run out of room while it catches up.</summary>
    private const int MostUsedPercent = 85;

    private const double Gibibyte = 1L << 30;

    /// <summary>Why a broker has not room enough; a warning where it does not report that.</summary>
    public static IEnumerable<Refusal> Check(KafkaSnapshot snapshot)
    {
        foreach (DiskSnapshot disk in snapshot.Disks.Where(disk => disk.UsedPercent > MostUsedPercent))
        {
            yield return Refusal.Block(
                KafkaCodes.DiskLow,
                $"The volume of log folder {disk.Folder} of broker {disk.Broker} is {Math.Ceiling(disk.UsedPercent):0} % full: "
                    + $"{Gibibytes(disk.UsableBytes)} of {Gibibytes(disk.TotalBytes)} are free.",
                $"broker {disk.Broker}",
                $"{Math.Ceiling(disk.UsedPercent):0} %",
                $"{MostUsedPercent} %",
                "Lower the retention of its largest topics, enlarge the volume, or move partitions to other brokers first.");
        }

        if (snapshot.Disks.Where(disk => disk.Folder is null).Select(disk => disk.Broker).ToList() is { Count: > 0 } untold)
        {
            yield return Refusal.Warn(
                KafkaCodes.DiskLow, $"Brokers [{string.Join(", ", untold)}] do not report how full their disks are, as before Kafka 3.3; "
                    + "check them yourself.", "disks");
        }
    }

    private static string Gibibytes(long bytes) => $"{bytes / Gibibyte:0.#} GiB";
}
