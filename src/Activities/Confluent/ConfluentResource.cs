using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Confluent;

/// <summary>A kind of Confluent for Kubernetes that runs as a StatefulSet.</summary>
/// <param name="Type">Its plural name in the API.</param>
/// <param name="PodType">Value of the label <c>platform.confluent.io/type</c> of its pods.</param>
internal sealed record ConfluentResource(ResourceType Type, string PodType)
{
    private const string Group = "platform.confluent.io";
    private const string Version = "v1beta1";

    public static readonly ConfluentResource Kafka = new(new(Group, Version, "kafkas", true), "kafka");

    public static readonly ConfluentResource KRaftController = new(new(Group, Version, "kraftcontrollers", true), "kraftcontroller");
}
