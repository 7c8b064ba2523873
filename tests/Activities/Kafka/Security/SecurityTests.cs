using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Tests.Kafka.Security;

/// <summary>A real broker that asks who is there; the credentials are in Secrets of a real API server.</summary>
[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class SecurityTests(KubeLab lab) : BoundedTest, IAsyncLifetime
{
    private const string Password = "Pa55-of-alice";
    private const string WrongPassword = "Wr0ng-of-alice";

    private readonly TestAuthority _authority = TestAuthority.NewRoot("lab");
    private readonly LogSink _log = new();
    private readonly string _token = UnsignedToken();
    private SecuredBroker? _broker;
    private string _space = "";
    private string _clientKey = "";

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        _space = await lab.NewNamespaceAsync(Limit);
        (string certificate, _clientKey) = _authority.NewClient("alice");
        JsonObject data = new();
        foreach ((string key, string value) in (IEnumerable<(string, string)>)
        [
            ("plain.txt", $"username=alice\npassword={Password}\n"), ("wrong", WrongPassword), ("token", _token),
            ("ca", _authority.Pem), ("certificate", certificate), ("key", _clientKey),
        ])
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        }

        await lab.Admin.CreateAsync(
            ResourceType.Secrets, _space, new() { ["metadata"] = new JsonObject { ["name"] = "client" }, ["data"] = data }, Limit);
        _broker = await SecuredBroker.StartAsync(lab.Lab, _authority, "alice", Password, Limit);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [LabFact]
    public async Task Canary_WithEachKindOfCredentials_GetsThroughAndShowsNone()
    {
        string[] tls = ["CertificateAuthority=ca"];
        string[] password = ["Username=plain.txt#username", "Password=plain.txt#password"];
        (string Protocol, string? Mechanism, string[] References)[] kinds =
        [
            ("PLAINTEXT", null, []),
            ("SSL", null, [.. tls, "Certificate=certificate", "PrivateKey=key"]),
            ("SASL_PLAINTEXT", "PLAIN", password),
            ("SASL_PLAINTEXT", "OAUTHBEARER", ["Token=token"]),
            ("SASL_SSL", "SCRAM-SHA-256", [.. tls, .. password]),
            ("SASL_SSL", "SCRAM-SHA-512", [.. tls, .. password]),
        ];
        foreach ((string protocol, string? mechanism, string[] references) in kinds)
        {
            await using ServiceProvider services = Services(protocol, mechanism, references);

            KafkaCanaryResult result = await RunAsync(services);

            Assert.Equal((CanaryTopic.Name, 1, null), (result.Topic, result.Records.Count, result.NotTidied));
            AssertHidden(JsonSerializer.Serialize(result));
            Assert.Equal(0, (await ReadQuorumAsync(services)).Leader);
        }

        await using ServiceProvider reading = Services("SASL_SSL", "SCRAM-SHA-512", [.. tls, .. password]);
        AssertHidden(JsonSerializer.Serialize(await SnapshotAsync(reading)));
    }

    [LabFact]
    public async Task Canary_WithCredentialsThatAreRefused_IsDeniedAndShowsNone()
    {
        (string Protocol, string? Mechanism, string[] References, string Type)[] kinds =
        [
            ("SASL_PLAINTEXT", "PLAIN", ["Username=plain.txt#username", "Password=wrong"], Workflows.Kafka.KafkaCodes.KafkaDenied),
            (
                "SASL_SSL",
                "SCRAM-SHA-512",
                ["CertificateAuthority=ca", "Username=plain.txt#username", "Password=wrong"],
                Workflows.Kafka.KafkaCodes.KafkaDenied
            ),
            ("SASL_PLAINTEXT", "OAUTHBEARER", ["Token=wrong"], Workflows.Kafka.KafkaCodes.KafkaDenied),
            (
                "SSL",
                null,
                ["CertificateAuthority=ca", "Certificate=certificate", "PrivateKey=wrong"],
                Workflows.Kafka.KafkaCodes.KafkaUnreachable
            ),
            ("SASL_PLAINTEXT", "PLAIN", ["Username=plain.txt#username", "Password=missing"], FailureTypes.SecretUnreadable),
        ];
        foreach ((string protocol, string? mechanism, string[] references, string type) in kinds)
        {
            await using ServiceProvider services = Services(protocol, mechanism, references);

            ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(() => RunAsync(services));

            Assert.True(type == failure.ErrorType, $"{protocol} {mechanism}: {failure.ErrorType} {failure.Message}");
            AssertHidden($"{failure} {await DataConverter.Default.ToFailureAsync(failure)}");
            if (type == Workflows.Kafka.KafkaCodes.KafkaDenied)
            {
                KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(() => ReadQuorumAsync(services));
                Assert.True(Failures.Classify(error) == (FailureClass.Blocked, type), $"{protocol} {mechanism}: {error}");
                AssertHidden($"{error}");
            }
        }
    }

    [LabFact]
    public async Task Read_OfABrokerThatIsNotAsConfigured_SaysWhatItIsWithinSeconds()
    {
        string[] password = ["Username=plain.txt#username", "Password=plain.txt#password"];
        string[] wrong = ["Username=plain.txt#username", "Password=wrong"];
        (string Listener, string Protocol, string? Mechanism, string[] References, string Reason, string? Denied)[] kinds =
        [
            ("SSL", "PLAINTEXT", null, [], "speaks TLS, but KafkaSecurity is set to a protocol without TLS.", null),
            (
                "PLAINTEXT",
                "SSL",
                null,
                ["CertificateAuthority=ca"],
                "speaks Kafka without TLS, but KafkaSecurity is set to a protocol with TLS.",
                null
            ),
            ("SASL_PLAINTEXT", "PLAINTEXT", null, [], "requires a login (SASL), but KafkaSecurity has none.", "to log in"),
            ("PLAINTEXT", "SASL_PLAINTEXT", "PLAIN", password, "expects no login (SASL), but KafkaSecurity has one.", "to log in"),
            ("SASL_PLAINTEXT", "SASL_PLAINTEXT", "PLAIN", wrong, "refuses the login of alice: ", "to log in"),
            ("SASL_SSL", "SASL_SSL", "SCRAM-SHA-512", ["CertificateAuthority=ca", .. wrong], "refuses the login of alice: ", "to log in"),
            ("SASL_SSL", "SASL_SSL", "PLAIN", password, "presents a certificate from an unknown authority, CN=", null),
        ];
        foreach ((string listener, string protocol, string? mechanism, string[] references, string reason, string? denied) in kinds)
        {
            await using ServiceProvider services = Services(protocol, mechanism, references, listener);
            long begun = TimeProvider.System.GetTimestamp();

            UnreadableSource topics = (await SnapshotAsync(
                services)).Unreadable.Single(source => source.Source.StartsWith("topics through ", StringComparison.Ordinal));

            Assert.StartsWith($"{_broker!.AddressOf(listener)} {reason}", topics.Reason, StringComparison.Ordinal);
            Assert.Equal(denied, topics.Denied);
            Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
            AssertHidden(topics.Reason);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _broker?.Dispose();
        _authority.Dispose();
        _log.Dispose();
        base.Dispose(disposing);
    }

    private static string UnsignedToken()
    {
        string claims = $$"""{"sub":"alice","iat":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60}},"exp":4102444800}""";
        return $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.";
    }

    private void AssertHidden(string text)
    {
        string all = $"{text}\n{string.Join('\n', _log.Lines)}";
        foreach (string secret in (string[])[Password, WrongPassword, _token, _token.Split('.')[1], _clientKey, _clientKey.Split('\n')[1]])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    private async Task<QuorumReading> ReadQuorumAsync(ServiceProvider services)
    {
        (Cluster cluster, IKubernetes client) = services.GetRequiredService<KubernetesClients>().Of(KubeLab.Target(_space));
        KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, _space, "kafka", Limit);
        return await services.GetRequiredService<IKafkaCluster>().ReadQuorumAsync(address, Limit);
    }

    // Below the warrant and the lock, which have tests of their own: what is tried here is how Kafka is reached.
    private Task<KafkaCanaryResult> RunAsync(ServiceProvider services) => Failures.TranslateAsync(async () =>
    {
        (Cluster cluster, IKubernetes client) = services.GetRequiredService<KubernetesClients>().Of(KubeLab.Target(_space));
        KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, _space, "kafka", Limit);
        return await services.GetRequiredService<KafkaCanary>().RunAsync(address, Limit);
    });

    private Task<KafkaSnapshot> SnapshotAsync(ServiceProvider services) =>
        services.CreateScope().ServiceProvider.GetRequiredService<KafkaActivities>().TakeSnapshotAsync(
            new(KubeLab.Target(_space), "kafka")).WaitAsync(Limit);

    private ServiceProvider Services(string protocol, string? mechanism, string[] references, string? listener = null)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Orchestrator:Kafka:CallTimeout"] = "00:00:08",
            ["Orchestrator:Clusters:lab:Kubeconfig"] = lab.Lab.Kubeconfig,
            ["Orchestrator:Clusters:lab:KafkaBootstrapServers"] = _broker!.AddressOf(listener ?? protocol),
            ["Orchestrator:Clusters:lab:KafkaSecurity:Protocol"] = protocol,
            ["Orchestrator:Clusters:lab:KafkaSecurity:Mechanism"] = mechanism,
        };
        foreach (string[] reference in references.Select(text => text.Split('=', 2)))
        {
            settings[$"Orchestrator:Clusters:lab:KafkaSecurity:{reference[0]}"] = $"secret:client/{reference[1]}";
        }

        return new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace))
            .AddOrchestratorActivities(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }
}
