using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>What a whole cluster in the box begins with: nodes, the operator, controllers and brokers as its resources.</summary>
public sealed record ClusterScenario
{
    /// <summary>
    /// The name of the cluster in the worker's inventory and in the kubeconfig of the box: letters, digits, '-', '.' and '_'. Default:
    /// <c>sandbox</c>.
    /// </summary>
    public string Name { get; init; } = "sandbox";

    /// <summary>The namespace of the resources. Default: <c>confluent</c>.</summary>
    public string Namespace { get; init; } = "confluent";

    /// <summary>The name of the <c>Kafka</c> resource. Default: <c>kafka</c>.</summary>
    public string KafkaName { get; init; } = "kafka";

    /// <summary>The name of the <c>KRaftController</c> resource. Default: <c>kraftcontroller</c>.</summary>
    public string ControllersName { get; init; } = "kraftcontroller";

    /// <summary>How many nodes there are, over three zones in turn. Default: 3.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>The version of the Confluent operator. Default: 3.3.0.</summary>
    public string OperatorVersion { get; init; } = "3.3.0";

    /// <summary>What the <c>Kafka</c> resource says besides.</summary>
    public ComponentScenario Brokers { get; init; } = new();

    /// <summary>What the <c>KRaftController</c> resource says besides.</summary>
    public ComponentScenario Controllers { get; init; } = new();

    /// <summary>Brokers, controllers, topics and how long things take. Its processes start with their pods.</summary>
    public KafkaScenario Kafka { get; init; } = new();

    /// <summary>How pods go before and after their process.</summary>
    public PodScript Pods { get; init; } = new();

    /// <summary>
    /// The name for a cluster whose context may be called anything: what no inventory can hold, such as the colons of
    /// <c>arn:aws:eks:eu-west-1:1234:cluster/prod</c>, becomes '-'.
    /// </summary>
    public static string NameOf(string context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return string.Concat(context.Select(letter => IsInNames(letter) ? letter : '-'));
    }

    /// <summary>Whether a name can be one.</summary>
    public static bool IsName(string name) => name is { Length: > 0 } && name.All(IsInNames);

    private static bool IsInNames(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_';
}
