namespace Orchestrator.Kubernetes;

/// <summary>A program that hands out credentials (<c>users[].user.exec</c> of a kubeconfig). It is never given a terminal.</summary>
public sealed record ExecCredentialOptions
{
    internal const string V1 = "client.authentication.k8s.io/v1";
    internal const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    /// <summary>Program to run, found by <c>PATH</c> unless it is a path.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments. Default: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables added to its environment. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Version of the ExecCredential that it reads and prints. Default: <c>client.authentication.k8s.io/v1</c>.</summary>
    public string ApiVersion { get; init; } = V1;

    /// <summary>What to tell a user who lacks the program. Default: null, nothing.</summary>
    public string? InstallHint { get; init; }

    /// <summary>Tells the program which cluster it is for. Default: false.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>The program; never its arguments and variables, which may hold secrets.</summary>
    public override string ToString() => Command;
}
