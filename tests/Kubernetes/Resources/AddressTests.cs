using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Resources;

public sealed class AddressTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    public async Task Delete_NameThatAddressesSomethingElse_IsRefusedBeforeAnythingIsSent(string name)
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1") }.Open(TimeProvider.System);

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Pods, "default", name, null, CancellationToken.None));

        Assert.Equal($"'{name}' is not a valid name in Kubernetes. (Parameter 'name')", e.Message);
    }

    [Theory]
    [InlineData("", "v1", "")]
    [InlineData("", "..", "pods")]
    [InlineData("apps/v1", "v1", "pods")]
    [InlineData("..", "v1", "pods")]
    [InlineData("", "v1", "../nodes")]
    public async Task List_KindThatAddressesSomethingElse_IsRefusedBeforeAnythingIsSent(string group, string version, string plural)
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1") }.Open(TimeProvider.System);

        await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.ListAsync(
                new ResourceType(group, version, plural, Namespaced: true), "default", null, CancellationToken.None));
    }

    [Fact]
    public async Task Delete_EmptyNameGivenToTheOfficialClient_IsRefusedBeforeAnythingIsSent()
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1") }.Open(TimeProvider.System);

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => kubernetes.CoreV1.DeleteNamespacedPodAsync("", "default"));

        Assert.StartsWith("DELETE /api/v1/namespaces/default/pods/ has an empty name", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a?b", "/api/v1/namespaces/default/configmaps/a%3Fb")]
    [InlineData("system:node", "/api/v1/namespaces/default/configmaps/system%3Anode")]
    [InlineData("a#b", "/api/v1/namespaces/default/configmaps/a%23b")]
    public async Task Get_NameWithCharactersOfAnAddress_IsEscaped(string name, string path)
    {
        string? asked = null;
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            asked = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            return context.Response.WriteAsync("{}");
        });
        using IKubernetes kubernetes = server.Client(TimeProvider.System);

        await kubernetes.GetAsync(ResourceType.ConfigMaps, "default", name, CancellationToken.None);

        Assert.Equal(path, asked);
    }

    [Fact]
    public async Task Delete_WithoutNamespaceOrWithOneTooMany_IsRefusedBeforeAnythingIsSent()
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1") }.Open(TimeProvider.System);

        ArgumentException none = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Pods, null, "a", null, CancellationToken.None));
        ArgumentException tooMany = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Nodes, "default", "a", null, CancellationToken.None));

        Assert.StartsWith("pods are namespaced, but no namespace is given.", none.Message, StringComparison.Ordinal);
        Assert.StartsWith("nodes are not namespaced, but the namespace 'default' is given.", tooMany.Message, StringComparison.Ordinal);
    }
}
