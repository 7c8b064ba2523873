using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Contract;

/// <summary>
/// A real API server, without controllers, still answers as it did when the conversations were recorded. With ORCHESTRATOR_WRITE_GOLDEN=1
/// they are recorded anew instead.
/// </summary>
[Trait("Category", "Lab")]
public sealed class ServerConversationTests(ServerConversationTests.Server server) : IClassFixture<ServerConversationTests.Server>
{
    [LabTheory]
    [MemberData(nameof(Conversation.Names), MemberType = typeof(Conversation))]
    public async Task Conversation_ComesToTheSame(string name)
    {
        using HttpClient http = ContractClient.Open(server.Address, server.Token);
        string transcript = await new Conversation(http).HoldAsync(name);
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_GOLDEN") == "1")
        {
            Conversation.Record(name, transcript);
        }

        Assert.Equal(Conversation.Expected(name), transcript, ignoreLineEndingDifferences: true);
    }

    /// <summary>One server for all of them.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private LabServers? _servers;
        private KubernetesClientConfiguration? _config;

        public string Kubeconfig => File.ReadAllText(_servers!.Kubeconfig);

        public Uri Address => new(_config!.Host);

        public string Token => _config!.AccessToken;

        public async Task InitializeAsync()
        {
            if (LabTools.Folder is not null)
            {
                _servers = await LabServers.StartAsync("kube");
                await _servers.DownAsync("kube-controller-manager", "kube-scheduler", "kwok");
                _config = KubernetesClientConfiguration.BuildConfigFromConfigFile(_servers.Kubeconfig);
            }
        }

        public async Task DisposeAsync()
        {
            if (_servers is not null)
            {
                await _servers.DisposeAsync();
            }
        }
    }
}
