namespace Orchestrator.Activities;

/// <summary>The stable types of failures that activities end with, beside the codes of refusals. None is ever renamed.</summary>
public static class FailureTypes
{
    /// <summary>The Kubernetes API does not answer, or not now: retried.</summary>
    public const string KubernetesUnavailable = "KUBERNETES_UNAVAILABLE";

    /// <summary>The Kubernetes API refuses a call as wrong: not retried.</summary>
    public const string KubernetesRefused = "KUBERNETES_REFUSED";

    /// <summary>The kubeconfig of a cluster cannot be read: retried, since it is read again.</summary>
    public const string KubeconfigUnreadable = "KUBECONFIG_UNREADABLE";

    /// <summary>A credential that a reference names cannot be read: retried, since it is read again.</summary>
    public const string SecretUnreadable = "SECRET_UNREADABLE";

    /// <summary>Kafka refuses a call as wrong: not retried.</summary>
    public const string KafkaRefused = "KAFKA_REFUSED";

    /// <summary>An HTTP call did not get through: retried.</summary>
    public const string HttpUnavailable = "HTTP_UNAVAILABLE";

    /// <summary>An HTTP call was refused as wrong: not retried.</summary>
    public const string HttpRefused = "HTTP_REFUSED";

    /// <summary>A call ran into its time limit: retried.</summary>
    public const string TimedOut = "TIMED_OUT";
}
