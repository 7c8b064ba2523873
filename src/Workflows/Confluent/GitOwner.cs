namespace Orchestrator.Workflows.Confluent;

/// <summary>A GitOps controller that applies a resource from a repository.</summary>
/// <param name="System"><c>Argo CD</c> or <c>Flux</c>.</param>
/// <param name="Application">Its object that does it, such as <c>applications.argoproj.io argocd/kafka</c>; null where the resource does
/// not tell.</param>
/// <param name="SelfHeals">Whether it reverts what others change; null where that could not be read.</param>
/// <param name="SeenBy">What on the resource shows it.</param>
public sealed record GitOwner(string System, string? Application, bool? SelfHeals, string SeenBy);
