using k8s;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Worker.Hosting;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Worker.InProcess;

/// <summary>
/// A live cluster as a worker with the configuration of this machine reaches it, read without Temporal; nothing is written.
/// </summary>
public sealed class LiveCluster : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LiveCluster(ServiceProvider services, KafkaLayout layout)
    {
        (_services, Client, Namespace, ClusterId) = (services, layout.Client, layout.Namespace, layout.Reading.ClusterId);
        Topics =
        [
            .. layout.Reading.Topics.Select(topic => new LiveTopic(
                topic.Name,
                topic.MinInSync,
                [.. topic.Partitions.Select(partition => partition.Replicas)],
                [
                    .. topic.Partitions.SelectMany(partition => partition.Replicas.Except(partition.InSync).Select(
                        broker => (partition.Partition, broker))),
                ])),
        ];
    }

    /// <summary>The API of its Kubernetes cluster.</summary>
    public IKubernetes Client { get; }

    /// <summary>The namespace of its resources.</summary>
    public string Namespace { get; }

    /// <summary>What the brokers say that its id is; null where they do not.</summary>
    public string? ClusterId { get; }

    /// <summary>Its topics, by name.</summary>
    public IReadOnlyList<LiveTopic> Topics { get; }

    /// <summary>Reads it.</summary>
    /// <param name="target">The cluster of the inventory, and the namespace.</param>
    /// <param name="kafka">The name of the <c>Kafka</c> resource.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LiveClusterException">It cannot be read; the sentence says why.</exception>
    public static async Task<LiveCluster> ReadAsync(ChangeTarget target, string kafka, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddLogging().AddOrchestratorActivities(WorkerHost.CreateBuilder([]).Configuration);
        ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            return new LiveCluster(
                provider, await provider.GetRequiredService<KafkaLayoutReader>().ReadAsync(target, kafka, cancellationToken));
        }
        catch (Exception e)
        {
            await provider.DisposeAsync();
            if (e is UnknownClusterException or KubeconfigException or SecretUnreadableException or KafkaUnreadableException
                or ApiException or Microsoft.Extensions.Options.OptionsValidationException)
            {
                throw new LiveClusterException(e.Message, e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
