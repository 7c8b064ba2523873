using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities;

/// <summary>The stable types of failures that activities end with, beside the codes of refusals. None is ever renamed.</summary>
public static class FailureTypes
{
    /// <summary>The Kubernetes API refuses a call as wrong: not retried.</summary>
    [Reason(
        "The Kubernetes API refused a call as wrong. It is not retried.",
        "The sentence says what. An admission webhook is a common cause.",
        IsFailure = true)]
    public const string KubernetesRefused = "KUBERNETES_REFUSED";

    /// <summary>The kubeconfig of a cluster cannot be read: retried, since it is read again.</summary>
    [Reason(
        "The kubeconfig of a cluster cannot be read. It is read again with every attempt.",
        "Correct the file that the sentence names.",
        IsFailure = true)]
    public const string KubeconfigUnreadable = "KUBECONFIG_UNREADABLE";

    /// <summary>A credential that a reference names cannot be read: retried, since it is read again.</summary>
    [Reason(
        "A credential that the configuration refers to cannot be read. It is read again with every attempt.",
        "The sentence names the reference. Create the Secret or the file, or give the worker's account the right to read it.",
        IsFailure = true)]
    public const string SecretUnreadable = "SECRET_UNREADABLE";

    /// <summary>Kafka refuses a call as wrong: not retried.</summary>
    [Reason("Kafka refused a call as wrong. It is not retried.", "The sentence says what.", IsFailure = true)]
    public const string KafkaRefused = "KAFKA_REFUSED";

    /// <summary>An HTTP call did not get through: retried.</summary>
    [Reason(
        "An HTTP call did not get through. It was retried until the limit.",
        "Make the address reachable from the worker.",
        IsFailure = true)]
    public const string HttpUnavailable = "HTTP_UNAVAILABLE";

    /// <summary>An HTTP call was refused as wrong: not retried.</summary>
    [Reason("An HTTP call was refused as wrong.", "The sentence says which and why.", IsFailure = true)]
    public const string HttpRefused = "HTTP_REFUSED";

    /// <summary>A call ran into its time limit: retried.</summary>
    [Reason(
        "A call timed out. It was retried until the limit of the activity.",
        "Look at the server that the sentence names.",
        IsFailure = true)]
    public const string TimedOut = "TIMED_OUT";
}
