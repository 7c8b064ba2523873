using System.Net;
using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>Where a Kafka process can be asked about itself.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="NodeId">The node id that it should have; null where its resource does not say.</param>
/// <param name="Jolokia">Where its Jolokia agent listens; null where the pod has no address yet.</param>
public sealed record NodeAddress(string Pod, int? NodeId, Uri? Jolokia)
{
    /// <summary>
    /// Where to connect to instead of the host that <see cref="Jolokia"/> names, which the certificate is for; null: there.
    /// </summary>
    public IPEndPoint? Dial { get; init; }

    /// <summary>Who asks, and whom it trusts; null: nobody, over plain HTTP.</summary>
    public HttpAccess? Access { get; init; }
}
