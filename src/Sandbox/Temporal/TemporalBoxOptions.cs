using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal;

/// <summary>What a server in the box begins with.</summary>
public sealed class TemporalBoxOptions
{
    /// <summary>The port on 127.0.0.1. Default: 0, a free one.</summary>
    public int Port { get; set; }

    /// <summary>
    /// Whether its time stands still until it is told to skip: for tests and rehearsals. Default: false, the wall clock.
    /// </summary>
    public bool SkipsTime { get; set; }

    /// <summary>
    /// The time of the box that it is a part of, which decides whether time skips. Default: null, a time of its own.
    /// </summary>
    public BoxTime? Time { get; set; }

    /// <summary>What a run may grow to. Default: what a real server allows by default.</summary>
    public TemporalLimits Limits { get; set; } = new();

    /// <summary>The namespaces that it has from the start. Default: <c>default</c>.</summary>
    public IReadOnlyList<string> Namespaces { get; set; } = ["default"];

    /// <summary>The search attributes of those namespaces, by name. Default: none.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; set; } = new Dictionary<string,
        IndexedValueType>(StringComparer.Ordinal);
}
