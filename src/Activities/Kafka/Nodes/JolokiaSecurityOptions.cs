using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>How the pods' Jolokia agents are reached.</summary>
public sealed class JolokiaSecurityOptions : HttpSecurityOptions
{
    /// <summary>Whether they speak TLS; a certificate must then be for the pod's DNS name. Default: false.</summary>
    public bool Tls { get; set; }
}
