using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>The errors by which Kafka denies, and the rights that its calls need.</summary>
internal static class KafkaDenials
{
    public const string DescribeCluster = "Describe on the cluster";

    public const string AlterCluster = "Alter on the cluster";

    public const string DescribeTopics = "Describe on all topics";

    /// <summary>Whether the user is known, and lacks a right.</summary>
    public static bool IsMissingRight(ErrorCode code) => code is ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
        or ErrorCode.ClusterAuthorizationFailed or ErrorCode.TransactionalIdAuthorizationFailed
        or ErrorCode.DelegationTokenAuthorizationFailed;

    /// <summary>Whether the user is not let in at all.</summary>
    public static bool IsRefusedLogin(ErrorCode code) => code is ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Authentication
        or ErrorCode.UnsupportedSaslMechanism or ErrorCode.IllegalSaslState;

    /// <summary>What the worker's user may not do; null where the error is another.</summary>
    public static string? Denied(KafkaUnreadableException error) =>
        error.Code is not { } code ? null
        : IsMissingRight(code) ? error.Needs ?? $"{code}"
        : IsRefusedLogin(code) ? "to log in"
        : null;
}
