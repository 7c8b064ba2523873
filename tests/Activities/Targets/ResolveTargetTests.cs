using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Activities.Tests.Targets;

[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ResolveTargetTests(KubeLab lab) : BoundedTest
{
    [LabFact]
    public async Task Resolve_AContextThatAnswers_FillsInTheNamespaceAndTheClustersUid()
    {
        string uid = (await lab.Admin.GetAsync(ResourceType.Namespaces, null, "kube-system", Limit)).Uid();

        ResolvedTarget resolved = await ResolveAsync(lab.Services, new("lab"));

        Assert.Equal((new ChangeTarget("lab", "default"), uid, 0), (resolved.Target, resolved.ClusterUid, resolved.Refusals.Count));
        Assert.True(resolved.Policy.AllowUnverifiedActors);
    }

    [LabFact]
    public async Task Resolve_AnotherClusterThanTheInventoryMeans_IsRefused()
    {
        await using ServiceProvider services = KubeLab.Activities(
            ("Clusters:lab:Kubeconfig", lab.Lab.Kubeconfig), ("Clusters:lab:ClusterUid", "another"));

        ResolvedTarget resolved = await ResolveAsync(services, new("lab"));

        Refusal refusal = Assert.Single(resolved.Refusals);
        Assert.Equal((ReasonCodes.TargetMismatch, resolved.ClusterUid, "another"), (refusal.Code, refusal.Observed, refusal.Limit));
    }

    [LabFact]
    public async Task Rights_ThatAreMissing_AreNamedWithHowToGrantThem()
    {
        IKubernetes viewer = lab.Services.GetRequiredService<KubernetesClients>().Of(new("lab-viewer")).Client;
        AccessRight patch = new("patch", "platform.confluent.io", "kafkas");
        AccessRight evict = new("create", "", "pods", "eviction");

        IReadOnlyList<Refusal> missing = await RightsReview.MissingAsync(viewer, new("lab-viewer", "confluent"), [patch, evict], Limit);

        Assert.Equal([ReasonCodes.RbacMissing, ReasonCodes.RbacMissing], missing.Select(refusal => refusal.Code));
        Assert.StartsWith(
            "Kubernetes denies patch kafkas.platform.confluent.io in namespace confluent to the worker",
            missing[0].Sentence,
            StringComparison.Ordinal);
        Assert.Equal(
            "kubectl create role orchestrator-create-pods -n confluent --verb=create --resource=pods/eviction, "
                + "and bind it to the worker's identity.",
            missing[1].HowToResolve);
        Assert.Empty(await RightsReview.MissingAsync(lab.Admin, new("lab", "confluent"), [patch, evict], Limit));
    }

    [LabFact]
    public async Task Resolve_ANameThatTheInventoryLacks_ListsTheNearestFirst()
    {
        ResolvedTarget resolved = await ResolveAsync(lab.Services, new("lab-viewr"));

        Refusal refusal = Assert.Single(resolved.Refusals);
        Assert.Equal((ReasonCodes.TargetUnknown, ""), (refusal.Code, resolved.ClusterUid));
        Assert.Equal("The inventory has no cluster lab-viewr: there are lab-viewer, lab.", refusal.Sentence);
    }

    [LabFact]
    public async Task Resolve_AServerThatDoesNotAnswer_TriesThreeTimesAndSaysWhere()
    {
        using KubeconfigFile file = new("gone");
        await using ServiceProvider services = KubeLab.Activities(("Clusters:gone:Kubeconfig", file.Path));

        ResolvedTarget resolved = await ResolveAsync(services, new("gone"));

        Refusal refusal = Assert.Single(resolved.Refusals);
        Assert.Equal((ReasonCodes.TargetUnreachable, RefusalSeverity.Unknown), (refusal.Code, refusal.Severity));
        Assert.StartsWith(
            "The API server of cluster gone at https://127.0.0.1:9/ did not answer /readyz in 3 tries within 15 s: ",
            refusal.Sentence,
            StringComparison.Ordinal);
        Assert.Contains("Connection refused", refusal.Sentence, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Resolve_AKubeconfigThatIsGoneSinceTheStart_SaysWhichFile()
    {
        using KubeconfigFile file = new("gone");
        await using ServiceProvider services = KubeLab.Activities(("Clusters:gone:Kubeconfig", file.Path));
        Assert.NotEmpty(services.GetRequiredService<IOptions<InventoryOptions>>().Value.Clusters);
        File.Delete(file.Path);

        Refusal refusal = Assert.Single((await ResolveAsync(services, new("gone"))).Refusals);

        Assert.Equal((ReasonCodes.TargetUnreachable, $"kubeconfig {file.Path} does not exist."), (refusal.Code, refusal.Sentence));
    }

    [LabFact]
    public async Task Resolve_WithoutAnyRight_NamesVerbAndResource()
    {
        Refusal refusal = Assert.Single((await ResolveAsync(lab.Services, new("lab-viewer"))).Refusals);

        Assert.Equal(ReasonCodes.RbacMissing, refusal.Code);
        Assert.StartsWith("Kubernetes denies get on namespaces kube-system: ", refusal.Sentence, StringComparison.Ordinal);
    }

    private Task<ResolvedTarget> ResolveAsync(IServiceProvider services, ChangeTarget target)
    {
        IServiceScope scope = services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<TargetActivities>().ResolveTargetAsync(new(target)).WaitAsync(Limit);
    }
}
