using System.Text.Json.Nodes;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Tests.Confluent;

/// <summary>Who applies a resource from Git, and whether that takes back what others change.</summary>
public sealed class GitOwnerReaderTests
{
    [Theory]
    [InlineData(
        """{"annotations": {"argocd.argoproj.io/tracking-id": "kafka:platform.confluent.io/Kafka:confluent/kafka"}}""",
        "Argo CD", "applications.argoproj.io argocd/kafka")]
    [InlineData(
        """{"annotations": {"argocd.argoproj.io/tracking-id": "team_kafka:platform.confluent.io/Kafka:confluent/kafka"}}""",
        "Argo CD", "applications.argoproj.io team/kafka")]
    [InlineData("""{"labels": {"argocd.argoproj.io/instance": "kafka"}}""", "Argo CD", "applications.argoproj.io argocd/kafka")]
    [InlineData(
        """{"labels": {"kustomize.toolkit.fluxcd.io/name": "apps", "kustomize.toolkit.fluxcd.io/namespace": "flux-system"}}""",
        "Flux", "kustomizations.kustomize.toolkit.fluxcd.io flux-system/apps")]
    [InlineData(
        """{"labels": {"helm.toolkit.fluxcd.io/name": "kafka", "helm.toolkit.fluxcd.io/namespace": "confluent"}}""",
        "Flux", "helmreleases.helm.toolkit.fluxcd.io confluent/kafka")]
    [InlineData("""{"managedFields": [{"manager": "kubectl"}, {"manager": "argocd-controller"}]}""", "Argo CD", null)]
    public void Claim_OfAResourceFromGit_NamesWhatAppliesIt(string metadata, string system, string? application)
    {
        GitOwnerReader.Claim claim = GitOwnerReader.Claim.Of(Resource(metadata))!;

        Assert.Equal((system, application), (claim.System, claim.Application));
    }

    [Theory]
    [InlineData("""{"labels": {"app.kubernetes.io/instance": "kafka"}}""")]
    [InlineData("""{"managedFields": [{"manager": "kubectl"}, {"manager": "helm"}]}""")]
    [InlineData("{}")]
    public void Claim_OfAnotherResource_IsNone(string metadata) => Assert.Null(GitOwnerReader.Claim.Of(Resource(metadata)));

    [Theory]
    [InlineData("argoproj.io", "v1alpha1", "applications", """{"syncPolicy": {"automated": {"selfHeal": true}}}""", true)]
    [InlineData(
        "argoproj.io", "v1alpha1", "applications",
        """{"syncPolicy": {"automated": {"selfHeal": true, "enabled": false}}}""",
        false)]
    [InlineData("argoproj.io", "v1alpha1", "applications", """{"syncPolicy": {"automated": {}}}""", false)]
    [InlineData("argoproj.io", "v1alpha1", "applications", "{}", false)]
    [InlineData("kustomize.toolkit.fluxcd.io", "v1", "kustomizations", "{}", true)]
    [InlineData("kustomize.toolkit.fluxcd.io", "v1", "kustomizations", """{"suspend": true}""", false)]
    [InlineData("helm.toolkit.fluxcd.io", "v2", "helmreleases", "{}", false)]
    [InlineData("helm.toolkit.fluxcd.io", "v2", "helmreleases", """{"driftDetection": {"mode": "enabled"}}""", true)]
    public void SelfHeals_ByItsSpec(string group, string version, string plural, string spec, bool heals) => Assert.Equal(
        heals,
        GitOwnerReader.SelfHeals(
            new ResourceType(group, version, plural, true), Resource("{}"), new JsonObject { ["spec"] = JsonNode.Parse(spec) }));

    private static JsonObject Resource(string metadata) => new() { ["metadata"] = JsonNode.Parse(metadata) };
}
