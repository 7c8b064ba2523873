namespace Temporalio.Common;

/// <summary>A version of a worker deployment.</summary>
/// <param name="DeploymentName">The name of the deployment; it holds no dot.</param>
/// <param name="BuildId">The build within the deployment.</param>
public sealed record WorkerDeploymentVersion(string DeploymentName, string BuildId)
{
    /// <summary>Reads <c>deployment.build</c>; the first dot ends the name of the deployment.</summary>
    /// <exception cref="ArgumentException">The text holds no dot.</exception>
    public static WorkerDeploymentVersion FromCanonicalString(string canonical)
    {
        string[] parts = canonical.Split('.', 2);
        return parts.Length == 2
            ? new(parts[0], parts[1])
            : throw new ArgumentException($"'{canonical}' is not of the form <deployment name>.<build id>.", nameof(canonical));
    }

    /// <summary>Writes <c>deployment.build</c>.</summary>
    public string ToCanonicalString() => $"{DeploymentName}.{BuildId}";

    /// <summary>Reads the version that the server sent; null stays null.</summary>
    internal static WorkerDeploymentVersion? FromProto(Api.Deployment.V1.WorkerDeploymentVersion? proto) =>
        proto is null ? null : new(proto.DeploymentName, proto.BuildId);

    /// <summary>The version as it is sent to the server.</summary>
    internal Api.Deployment.V1.WorkerDeploymentVersion ToProto() => new() { DeploymentName = DeploymentName, BuildId = BuildId };
}
