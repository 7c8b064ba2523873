using Temporalio.Api.Deployment.V1;

namespace Orchestrator.Sandbox.Temporal.Deployments;

/// <summary>A build of a worker within its deployment: a worker deployment version.</summary>
/// <param name="Deployment">Name of the deployment.</param>
/// <param name="BuildId">The build.</param>
internal sealed record WorkerBuild(string Deployment, string BuildId)
{
    /// <summary>As the wire has it.</summary>
    public WorkerDeploymentVersion Message => new() { DeploymentName = Deployment, BuildId = BuildId };

    /// <summary>As search attributes have it, such as <c>orders:1.4</c>.</summary>
    public string Text => $"{Deployment}:{BuildId}";

    /// <summary>As deprecated fields of the API have it, such as <c>orders.1.4</c>.</summary>
    public string DottedText => $"{Deployment}.{BuildId}";

    /// <summary>The build of a message; null where it names none.</summary>
    public static WorkerBuild? Of(WorkerDeploymentVersion? version) =>
        version is { BuildId.Length: > 0 } ? new(version.DeploymentName, version.BuildId) : null;

    /// <summary>Reads either text; null where it names none, or the workers without a version.</summary>
    public static WorkerBuild? Parse(string text)
    {
        int at = text.IndexOfAny([':', '.']);
        return at > 0 && text != WorkerDeployment.Unversioned ? new(text[..at], text[(at + 1)..]) : null;
    }
}
