namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a change is aimed at.</summary>
/// <param name="Context">The inventory's name of the Kubernetes cluster; never a path of a kubeconfig.</param>
/// <param name="Namespace">The namespace; null takes the one that the inventory names for the cluster.</param>
public sealed record ChangeTarget(string Context, string? Namespace = null)
{
    /// <summary><c>context/namespace</c>, or just <c>context</c>.</summary>
    public override string ToString() => Namespace is null ? Context : $"{Context}/{Namespace}";
}
