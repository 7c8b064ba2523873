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
        using KubernetesClient kubernetes = new(new() { Server = new Uri("http://127.0.0.1:1") }, TimeProvider.System);

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Pods, "default", name, null, CancellationToken.None));

        Assert.Equal($"'{name}' cannot be a name in Kubernetes. (Parameter 'name')", e.Message);
    }

    [Fact]
    public async Task Delete_WithoutNamespaceOrWithOneTooMany_IsRefusedBeforeAnythingIsSent()
    {
        using KubernetesClient kubernetes = new(new() { Server = new Uri("http://127.0.0.1:1") }, TimeProvider.System);

        ArgumentException none = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Pods, null, "a", null, CancellationToken.None));
        ArgumentException tooMany = await Assert.ThrowsAsync<ArgumentException>(
            () => kubernetes.DeleteAsync(ResourceType.Nodes, "default", "a", null, CancellationToken.None));

        Assert.StartsWith("pods live in namespaces, and none is given.", none.Message, StringComparison.Ordinal);
        Assert.StartsWith("nodes do not live in namespaces, and 'default' is given.", tooMany.Message, StringComparison.Ordinal);
    }
}
