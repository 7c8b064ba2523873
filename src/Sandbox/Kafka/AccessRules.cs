namespace Orchestrator.Sandbox.Kafka;

/// <summary>
/// The users and their rights. A cluster without users lets everybody in; one without rights lets every user do everything.
/// </summary>
internal sealed class AccessRules
{
    /// <summary>The passwords by user.</summary>
    public Dictionary<string, string> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Who may do everything.</summary>
    public HashSet<string> SuperUsers { get; } = new(StringComparer.Ordinal);

    public List<KafkaAcl> Acls { get; } = [];

    /// <summary>Lets a user in.</summary>
    /// <exception cref="KafkaRefusalException">The user is unknown, or the password is wrong.</exception>
    public void LogIn(string? user, string? password)
    {
        if (Users.Count > 0 && (user is null || Users.GetValueOrDefault(user) is not { } known || known != password))
        {
            // Kafka does not say which of the two it is.
            throw new KafkaRefusalException(
                "SaslAuthenticationFailed", "Authentication failed during authentication due to invalid credentials.");
        }
    }

    /// <summary>Whether a user may do something to a topic, or to the cluster where none is named.</summary>
    public bool Allows(string? user, string operation, string? topic) =>
        (Users.Count == 0 && Acls.Count == 0) || Acls.Count == 0 || SuperUsers.Contains(user ?? "") || Acls.Exists(
            acl => (acl.User == user || acl.User == "*") && (acl.Topic is null) == (topic is null) && Covers(acl.Topic, topic)
                && acl.Operations.Any(each => Implies(each, operation)));

    /// <exception cref="KafkaRefusalException">The user may not do it.</exception>
    public void Require(string? user, string operation, string? topic = null)
    {
        if (!Allows(user, operation, topic))
        {
            throw new KafkaRefusalException(
                topic is null ? "ClusterAuthorizationFailed" : "TopicAuthorizationFailed",
                topic is null ? "Cluster authorization failed." : $"Topic authorization failed for topic {topic}.");
        }
    }

    private static bool Covers(string? pattern, string? topic) => pattern is null || pattern == "*" || pattern == topic
        || (pattern.EndsWith('*') && topic!.StartsWith(pattern[..^1], StringComparison.Ordinal));

    // Who may change or read something may also know that it is there.
    private static bool Implies(string given, string wanted) =>
        given == wanted || given == "All" || (wanted == "Describe" && given is "Read" or "Write" or "Alter" or "Delete")
        || (wanted == "DescribeConfigs" && given == "AlterConfigs");
}
