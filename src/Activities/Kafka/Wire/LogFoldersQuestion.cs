using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>DescribeLogDirs: how full the volumes of a broker's log folders are. Each broker reports only its own.</summary>
internal static class LogFoldersQuestion
{
    private const short Key = 35;
    private const short FirstWithVolumes = 4;

    /// <summary>Asks.</summary>
    /// <returns>The fullest volume; without a folder where the broker does not tell.</returns>
    /// <exception cref="WireException">The broker refuses.</exception>
    public static async Task<DiskSnapshot> AskAsync(WireConnection connection, int broker, CancellationToken cancellationToken)
    {
        if (await connection.VersionOfAsync(Key, cancellationToken) is not >= FirstWithVolumes)
        {
            return DiskSnapshot.Untold(broker);
        }

        // Of no topic: what each holds there is not asked for, and is long.
        WireReader answer = await connection.SendAsync(Key, FirstWithVolumes, new WireWriter().CompactArray(0).NoTags(), cancellationToken);
        answer.Int32();
        WireException.ThrowIf(answer.Int16(), null);
        return answer.CompactList(
            () => Folder(answer, broker)).OfType<DiskSnapshot>().MaxBy(disk => disk.UsedPercent) ?? DiskSnapshot.Untold(broker);
    }

    // Null for one that has failed, which its broker tells elsewhere, and for one whose volume is unknown.
    private static DiskSnapshot? Folder(WireReader answer, int broker)
    {
        short error = answer.Int16();
        string folder = answer.CompactString();
        answer.CompactList(() => SkipTopic(answer));
        (long total, long usable) = (answer.Int64(), answer.Int64());
        answer.SkipTags();
        return error != 0 || total <= 0 || usable < 0 ? null : new(broker, folder, total, usable);
    }

    private static int SkipTopic(WireReader answer)
    {
        answer.CompactString();
        int partitions = answer.CompactList(() =>
        {
            answer.Int32();
            answer.Int64();
            answer.Int64();
            answer.Bool();
            answer.SkipTags();
            return 0;
        }).Count;
        answer.SkipTags();
        return partitions;
    }
}
