namespace Orchestrator.Workflows.KafkaRestart;

/// <summary>Names of the restart that live in histories, plans, status and documentation; none is ever renamed.</summary>
public static class RestartNames
{
    /// <summary>Workflow type of the procedure.</summary>
    public const string RestartKafkaBroker = "RestartKafkaBroker";

    /// <summary>The step that waits until the cluster can lose the pod, and then removes it.</summary>
    public const string RemoveStep = "remove-pod";

    /// <summary>The step that watches the pod come back.</summary>
    public const string SuperviseStep = "supervise-restart";
}
