namespace Orchestrator.Lab.Tests.CommandLine;

/// <summary>The roll that these tests start, and how its change is found in what <c>sop start</c> prints.</summary>
internal static class StartedRoll
{
    /// <summary>Asked for by alice, with short waits.</summary>
    public static string[] Command { get; } =
    [
        "start", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafka", "limits.poll-every=1s", "limits.steady-every=2s",
        "cooldown=1s",
        "--reason", "monthly restart", "--as", "alice",
    ];

    /// <summary>
    /// The change, by the line that tells of the start: the plan may name an earlier change, of which the annotation speaks.
    /// </summary>
    public static string ChangeIdIn(string log) =>
        log[..log.IndexOf(" runs roll-kafka-cluster", StringComparison.Ordinal)][^"CHG-20260301-ABCD-EFGH-JKMN-PQRS".Length..];
}
