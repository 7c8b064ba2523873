using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Lab.Cluster.Processes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Cluster;

/// <summary>
/// One real broker, its own controller, that listens once for each security protocol: <c>PLAINTEXT</c>; <c>SSL</c>, where a client must
/// show
/// a certificate; <c>SASL_PLAINTEXT</c> and <c>SASL_SSL</c> with PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER (unsigned tokens).
/// It ends with the lab that it was started on.
/// </summary>
public sealed class SecuredBroker : IDisposable
{
    private const string ClusterId = "5L6g3nShT-eMCtK--X86sw";

    private static readonly string[] Protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];
    private static readonly string[] ScramMechanisms = ["SCRAM-SHA-256", "SCRAM-SHA-512"];
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly KafkaProcess _process;
    private readonly int _firstPort;

    private SecuredBroker(KafkaProcess process, int firstPort)
    {
        _process = process;
        _firstPort = firstPort;
    }

    /// <summary>Starts it on ports of a lab that runs no Kafka, and waits until it listens.</summary>
    /// <param name="lab">Gives ports and a data folder.</param>
    /// <param name="authority">Signs its certificate, and the ones that it trusts.</param>
    /// <param name="user">The one user that may log in with a password.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<SecuredBroker> StartAsync(
        LabServers lab, TestAuthority authority, string user, string password, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateDirectory(Path.Combine(lab.DataFolder, "secured")).FullName;
        int firstPort = lab.Port + 30;
        string properties = Path.Combine(folder, "server.properties");
        await File.WriteAllLinesAsync(properties, Properties(folder, lab.Port, firstPort, user, password), cancellationToken);
        using X509Certificate2 certificate = authority.NewServer(["localhost"]);
        string key = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "key-store.pem"), $"{key}\n{certificate.ExportCertificatePem()}\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "trust-store.pem"), $"{authority.Pem}\n", cancellationToken);
        KafkaLaunch launch = new()
        {
            Installation = await KafkaInstallation.FindAsync(cancellationToken),
            Release = "4.2.0",
            PropertiesFile = properties,
            LogFolder = Path.Combine(folder, "logs"),
            LogFile = Path.Combine(lab.DataFolder, "log", "kafka-0.log"),
            PidFile = Path.Combine(lab.DataFolder, "run", "kafka-0.pid"),
            ClusterId = ClusterId,
            Ports = new("kafka-0", firstPort, lab.Port + 40),
            IsController = false,
            FormatArguments =
            [
                .. ScramMechanisms.SelectMany(mechanism => (string[])["--add-scram", $"{mechanism}=[name={user},password={password}]"]),
            ],
        };
        await launch.FormatAsync(cancellationToken);
        SecuredBroker broker = new(launch.Start(), firstPort);
        await broker.WaitAsync(launch.LogFile, cancellationToken);
        return broker;
    }

    /// <summary>Where it listens with a protocol, <c>host:port</c>.</summary>
    public string AddressOf(string protocol) => $"127.0.0.1:{_firstPort + Array.IndexOf(Protocols, protocol)}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Send(Signal.Kill);
        _process.Dispose();
    }

    private static IEnumerable<string> Properties(string folder, int port, int firstPort, string user, string password)
    {
        string listeners = string.Join(',', Protocols.Select((protocol, i) => $"{Listener(protocol)}://127.0.0.1:{firstPort + i}"));
        string map = string.Join(',', Protocols.Select(protocol => $"{Listener(protocol)}:{protocol}"));
        const string Package = "org.apache.kafka.common.security";
        return
        [
            "process.roles=broker,controller", "node.id=0",
            $"controller.quorum.voters=0@127.0.0.1:{port + 20}", "controller.listener.names=CONTROLLER",
            $"listeners=CONTROLLER://127.0.0.1:{port + 20},{listeners}", $"advertised.listeners={listeners}",
            $"listener.security.protocol.map=CONTROLLER:PLAINTEXT,{map}", $"inter.broker.listener.name={Listener("PLAINTEXT")}",
            $"log.dirs={Path.Combine(folder, "logs")}", "offsets.topic.replication.factor=1", "offsets.topic.num.partitions=1",
            "ssl.keystore.type=PEM", $"ssl.keystore.location={Path.Combine(folder, "key-store.pem")}",
            "ssl.truststore.type=PEM", $"ssl.truststore.location={Path.Combine(folder, "trust-store.pem")}",
            $"listener.name.{Listener("SSL").ToLowerInvariant()}.ssl.client.auth=required",
            $"sasl.enabled.mechanisms=PLAIN,{string.Join(',', ScramMechanisms)},OAUTHBEARER",
            .. Protocols.Where(protocol => protocol.StartsWith("SASL", StringComparison.Ordinal)).Select(
                protocol => Listener(protocol).ToLowerInvariant()).SelectMany(name => (string[])
            [
                $"listener.name.{name}.plain.sasl.jaas.config={Package}.plain.PlainLoginModule required user_{user}=\"{password}\";",
                .. ScramMechanisms.Select(mechanism =>
                    $"listener.name.{name}.{mechanism.ToLowerInvariant()}.sasl.jaas.config={Package}.scram.ScramLoginModule required;"),
                $"listener.name.{name}.oauthbearer.sasl.jaas.config={Package}.oauthbearer.OAuthBearerLoginModule required "
                    + "unsecuredLoginStringClaim_sub=\"broker\";",
            ]),
        ];
    }

    private static string Listener(string protocol) => $"ON{protocol.Replace("_", "", StringComparison.Ordinal)}";

    private async Task WaitAsync(string logFile, CancellationToken cancellationToken)
    {
        foreach (string protocol in Protocols)
        {
            while (!await ListensAsync(AddressOf(protocol), cancellationToken))
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"The broker ended with {_process.ExitCode}; see {logFile}.");
                }

                await Task.Delay(Poll, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task<bool> ListensAsync(string address, CancellationToken cancellationToken)
    {
        string[] parts = address.Split(':');
        using TcpClient socket = new();
        try
        {
            await socket.ConnectAsync(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
