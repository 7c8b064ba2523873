using k8s;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>Finds how the clients of a Kafka cluster reach it, with their credentials.</summary>
internal static class KafkaConnections
{
    /// <summary>The address with the credentials as they are now.</summary>
    /// <exception cref="SecretUnreadableException">A credential cannot be read.</exception>
    public static async Task<KafkaAddress> ResolveAsync(
        Cluster cluster, IKubernetes client, string @namespace, string name, CancellationToken cancellationToken)
    {
        KafkaSecurityOptions options = cluster.Options.KafkaSecurity;
        SecretReader reader = new(client, @namespace);
        return Inventory.Kafka(cluster, @namespace, name) with
        {
            Credentials = new KafkaCredentials
            {
                Protocol = KafkaSecurityRules.Protocol(options),
                Mechanism = KafkaSecurityRules.Mechanism(options),
                Username = await ReadAsync(options.Username),
                Password = await ReadAsync(options.Password),
                Token = await ReadAsync(options.Token),
                CertificateAuthority = await ReadAsync(options.CertificateAuthority),
                Certificate = await ReadAsync(options.Certificate),
                PrivateKey = await ReadAsync(options.PrivateKey),
                PrivateKeyPassword = await ReadAsync(options.PrivateKeyPassword),
            },
        };

        async Task<string?> ReadAsync(string? text) =>
            SecretReference.TryParse(text, out SecretReference? reference) ? await reader.ReadAsync(reference, cancellationToken) : null;
    }
}
