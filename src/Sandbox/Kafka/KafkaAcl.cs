namespace Orchestrator.Sandbox.Kafka;

/// <summary>A right of a user.</summary>
/// <param name="User">The user; <c>*</c>: everybody.</param>
/// <param name="Operations">What is allowed, as Kafka calls it: <c>Describe</c>, <c>Alter</c>, <c>All</c> and so on.</param>
/// <param name="Topic">The topic; with a <c>*</c> at its end all that begin so. Null: the cluster itself.</param>
public sealed record KafkaAcl(string User, IReadOnlyList<string> Operations, string? Topic = null);
