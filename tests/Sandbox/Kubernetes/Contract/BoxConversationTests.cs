using Orchestrator.Sandbox.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Access;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Contract;

/// <summary>The box answers every conversation as the real server did.</summary>
public sealed class BoxConversationTests : IAsyncLifetime
{
    private KubernetesBox _box = null!;

    public async Task InitializeAsync() => _box = await KubernetesBox.StartAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Theory]
    [MemberData(nameof(Conversation.Names), MemberType = typeof(Conversation))]
    public async Task Conversation_ComesToTheSame(string name)
    {
        using HttpClient http = ContractClient.Open(_box.Address, _box.Users.TokenOf(Users.Administrator));

        Assert.Equal(Conversation.Expected(name), await new Conversation(http).HoldAsync(name), ignoreLineEndingDifferences: true);
    }
}
